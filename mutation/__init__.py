"""Mutation testing: change the core in thousands of small ways, and see whether a test fails for each.

`mutants` lists the changes, `trials` runs the tests against one in a copy of this process, and `__main__` runs all and
keeps the verdicts. How it works and what is left out stands in CONTRIBUTING.md.
"""
