"""The served playbook: home page, notebooks behind a guard, and the frame around them."""

from playbook.app.launch import serve

__all__ = ["serve"]
