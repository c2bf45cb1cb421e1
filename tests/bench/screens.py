# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""What the web client reads for a view: fields, order, cards, progress bar."""

import json

from lxml import etree

from odoo.tools.safe_eval import safe_eval


def get_views(env, model, kind, view=None):
    """Return a view of a model as the web client gets it.

    :param str kind: ``list``, ``kanban`` or ``form``
    :param str view: external id; ``None``: the model's first view of the kind
    """
    return env[model].get_views([(view and env.ref(view).sudo().id, kind)])


def specification(views, kind, model):
    """Return the fields that the client reads for a view (of ``web_read``).

    :rtype: dict
    """
    arch = etree.fromstring(views["views"][kind]["arch"])
    return _specify(arch, views["models"], model)


def _specify(arch, models, model):
    names = models[model]["fields"]
    spec = {}
    for node in arch.iter("field"):
        name = node.get("name")
        if name not in names or _view_of(node) is not arch:
            continue
        field = names[name]
        hidden = {node.get("invisible"), node.get("column_invisible")}
        if hidden & {"1", "True"}:
            spec[name] = {"fields": {}} if field["type"] == "many2one" else {}
        elif field["type"] == "many2one":
            spec[name] = {"fields": {"display_name": {}}}
        elif field["type"] in ("many2many", "one2many"):
            spec[name] = _specify_many(node, models, field["relation"])
        else:
            spec[name] = {}
    return spec


def _view_of(node):
    """Return the view a node stands in, be it the whole or one inside a field."""
    parent = node.getparent()
    while parent.getparent() is not None and parent.getparent().tag != "field":
        parent = parent.getparent()
    return parent


def _specify_many(node, models, relation):
    inside = next((child for child in node if child.tag in ("list", "kanban")), None)
    if inside is not None:
        spec = {"fields": _specify(inside, models, relation), "limit": 40}
        if inside.get("default_order"):
            spec["order"] = inside.get("default_order")
        return spec
    if node.get("widget", "").startswith("many2many"):
        return {"fields": {"display_name": {}}}
    return {}


def order_of(views, kind):
    """Return the order that a view asks for; empty: the model's own."""
    return etree.fromstring(views["views"][kind]["arch"]).get("default_order")


def count_limit(views):
    """Return up to which number the client has the rows of a list counted."""
    arch = etree.fromstring(views["views"]["list"]["arch"])
    return int(arch.get("count_limit", 10000)) + 1


def card_limit(views):
    """Return how many cards a kanban column shows at first."""
    arch = etree.fromstring(views["views"]["kanban"]["arch"])
    return int(arch.get("limit", 40))


def progress_bar(views):
    """Return the bar over the columns of a kanban view, if any.

    :rtype: dict
    """
    arch = etree.fromstring(views["views"]["kanban"]["arch"])
    node = arch.find(".//progressbar")
    if node is None:
        return None
    return {"field": node.get("field"), "colors": json.loads(node.get("colors"))}


def searched(env, model, text):
    """Return the domain of what is typed into the search of a matter's list.

    :param str text: what somebody types
    :rtype: list
    """
    views = get_views(env, model, "search")
    arch = etree.fromstring(views["views"]["search"]["arch"])
    node = arch.find(".//field[@name='name']")
    domain = node.get("filter_domain")
    return safe_eval(domain, {"self": text}) if domain else [("name", "ilike", text)]
