# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Sliding windows, and who is let past them. No Odoo here."""

import ipaddress

BURST = 600
"""Seconds of the short window."""
SUSTAINED = 86_400
"""Seconds of the long window."""


def get_slot(now, seconds):
    """Return the window that a moment falls in, and how far it has run.

    :param float now: seconds of the epoch
    :rtype: tuple[int, float]

    >>> get_slot(1500, 600)
    (2, 0.5)
    """
    return int(now // seconds), now % seconds / seconds


def estimate(before, current, share):
    """Return about how often something happened in the last whole window.

    Of the window before, only so much counts as still reaches into it.

    >>> estimate(10, 3, 0.5)
    8.0
    """
    return before * (1 - share) + current


def get_network(address):
    """Return what one caller is known by: the address, or the /64 of an IPv6 caller.

    >>> get_network("2001:db8::1"), get_network("10.0.0.1"), get_network("nonsense")
    ('2001:db8::/64', '10.0.0.1', 'nonsense')
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    mapped = getattr(parsed, "ipv4_mapped", None)
    if mapped:
        return str(mapped)
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def parse_networks(text):
    """Return the networks of a list, by blanks, commas or lines.

    :raise ValueError: for what is no network

    >>> [str(one) for one in parse_networks("10.0.0.0/8, ::1")]
    ['10.0.0.0/8', '::1/128']
    """
    words = (text or "").replace(",", " ").split()
    return [ipaddress.ip_network(word, strict=False) for word in words]


def is_in(address, networks):
    """Tell whether an address belongs to one of some networks.

    :rtype: bool
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return any(parsed.version == one.version and parsed in one for one in networks)
