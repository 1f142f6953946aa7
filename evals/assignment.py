"""The heaviest one-to-one matching of a table of weights."""

from __future__ import annotations

from collections.abc import Sequence


def heaviest(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs (row, column) with the greatest sum of weights; pairs of weight 0 or less are left out.

    Kuhn's method of 1955 in the form of Munkres: rows are seated one by one by the cheapest augmenting path.
    """
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        turned = heaviest(list(zip(*weights, strict=True)))
        return sorted((row, column) for column, row in turned)
    holder = _seated([[-weight for weight in row] for row in weights])
    pairs = ((row, column) for column, row in holder.items())
    return sorted((row, column) for row, column in pairs if weights[row][column] > 0)


def _seated(costs: Sequence[Sequence[float]]) -> dict[int, int]:
    """Column → row of the cheapest seating of all rows; there are at least as many columns."""
    of_row, of_column = [0.0] * len(costs), [0.0] * len(costs[0])
    holder: dict[int, int] = {}
    for new in range(len(costs)):
        rows, columns = {new}, dict.fromkeys(range(len(of_column)), (float("inf"), -1))
        path: dict[int, int] = {}  # column → the column before it on the way, -1 for the first
        row, last = new, -1
        while True:
            for column, (slack, _) in columns.items():
                reduced = costs[row][column] - of_row[row] - of_column[column]
                if reduced < slack:
                    columns[column] = (reduced, last)
            nearest = min(columns, key=lambda column: columns[column][0])
            step, path[nearest] = columns.pop(nearest)
            for reached in rows:
                of_row[reached] += step
            for passed in path:
                if passed != nearest:
                    of_column[passed] -= step
            columns = {column: (slack - step, before) for column, (slack, before) in columns.items()}
            last = nearest
            if last not in holder:
                break
            row = holder[last]
            rows.add(row)
        while last >= 0:
            before = path[last]
            holder[last] = holder[before] if before >= 0 else new
            last = before
    return holder
