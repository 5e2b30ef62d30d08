"""A workspace as one file to hand on, and back: a zip with a manifest of what is in it, each file with its hash.

pack(workspace, "clinic.playbook")                   all but the tables, which are made again from the originals
pack(workspace, "clinic.playbook", originals=False)  no imported file: persons are in it as hashes without their salt
look("clinic.playbook")                              what it says of itself; nothing is unpacked
unpack("clinic.playbook", "clinic")                  a workspace like the packed one, or nothing at all
"""

from playbook.packs.manifest import ENDING, Manifest
from playbook.packs.packing import pack
from playbook.packs.unpacking import look, unpack

__all__ = ["ENDING", "Manifest", "look", "pack", "unpack"]
