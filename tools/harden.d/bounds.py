"""The upper end of a rate that is believed with 95 % certainty, from a number of tries and of findings."""
import math

DOUBT = 0.05


def chance_of_at_most(found, tried, rate):
    """Of so many findings or fewer in independent tries of this rate."""
    if rate <= 0:
        return 1.0
    if rate >= 1:
        return 1.0 if found >= tried else 0.0
    total = 0.0
    for count in range(found + 1):
        ways = math.lgamma(tried + 1) - math.lgamma(count + 1) - math.lgamma(tried - count + 1)
        total += math.exp(ways + count * math.log(rate) + (tried - count) * math.log1p(-rate))
    return min(total, 1.0)


def upper_bound(found, tried):
    """The rule of three where nothing was found, else the one-sided bound of Clopper and Pearson; 1 where nothing was tried."""
    if tried <= 0 or found >= tried:
        return 1.0
    if found == 0:
        return min(1.0, 3 / tried)
    low, high = found / tried, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if chance_of_at_most(found, tried, middle) > DOUBT:
            low = middle
        else:
            high = middle
    return high
