# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""From figures to scores, ranks and grades. Plain Python on plain values."""


def score(value, unit, better, values):
    """Return what one figure is worth, from 0 to 100.

    Shares count as they are; what should be low counts from the other end. Other
    figures are measured by the best of all units, except numbers that should be low:
    each one costs ten points.

    :param value: the unit's figure, or ``None`` where nothing was there to measure
    :param str unit: ``percent``, ``mean`` or ``count``
    :param str better: ``high``, ``low``, or empty
    :param values: the figures of all units, without ``None``
    :return: the score, or ``None`` where nobody can be blamed or praised

    >>> score(80, "percent", "high", [80]), score(20, "percent", "low", [20])
    (80.0, 80.0)
    >>> score(3, "count", "low", [3]), score(2, "count", "high", [2, 4])
    (70.0, 50.0)
    >>> score(None, "percent", "high", [50]) is None
    True
    """
    if value is None or not better:
        return None
    if unit == "percent":
        points = value if better == "high" else 100 - value
    elif better == "high":
        best = max(values, default=0)
        if best <= 0:
            return None
        points = 100 * value / best
    elif unit == "count":
        points = 100 - 10 * value
    else:
        points = 100 if value <= 0 else 100 * min(values) / value
    return float(min(100, max(0, points)))


def weigh(scores, weights):
    """Return the weighted mean of the scores that exist.

    What could not be measured is left out, and its weight is spread over the rest.

    :param dict scores: function → score or ``None``
    :param dict weights: function → weight
    :return: the mean, or ``None`` where nothing could be measured

    >>> weigh({"a": 80, "b": None, "c": 60}, {"a": 50, "b": 25, "c": 50})
    70.0
    """
    known = {name: value for name, value in scores.items() if value is not None}
    total = sum(weights[name] for name in known)
    if not total:
        return None
    return sum(weights[name] * value for name, value in known.items()) / total


def rank(totals):
    """Return the places of some totals; equal ones share the better place.

    :param totals: numbers; ``None`` has no place
    :rtype: list

    >>> rank([70, 90, 70, None])
    [2, 1, 2, None]
    """
    known = [total for total in totals if total is not None]
    return [
        None if total is None else 1 + sum(other > total for other in known)
        for total in totals
    ]
