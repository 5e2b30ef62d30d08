"""Values that papers, textbooks and other implementations have published, each computed here by the product itself.

`python -m tests.published` prints the table that lies beside as README.md, with how many values and sources there are.
"""
