"""Mathematics: numbers in, numbers out; questions and data call the same function."""
