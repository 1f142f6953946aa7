"""The shipped system against published gold sets: one module for each, with `score(gold) -> Scores`."""
