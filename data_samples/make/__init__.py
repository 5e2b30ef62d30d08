"""Make the exports of the sample firms anew, byte for byte: `python -m data_samples.make [FIRM...]`.

A module a firm. They share random choices that stay the same (`draw`), the half-year (`halfyear`) and the way a file is
written (`tables`). Standard library only. What is planted in a firm is told in its `truths.toml`.
"""
