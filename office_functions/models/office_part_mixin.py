# Part of Office Functions. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class OfficePartMixin(models.AbstractModel):
    """A record that is part of a matter and is seen by whoever sees the matter."""

    _name = "office.part.mixin"
    _description = "Part of a Matter"

    _whole = None
    """The name of the field that points to the matter."""

    @api.model
    def _get_need_to_know_domain(self, operation):
        """Return the parts that the current user may see.

        Read by ``ir.rule``, as for matters.

        :param str operation: ``read``, ``write``, ``create`` or ``unlink``
        :rtype: Domain
        """
        return self._get_part_domain()

    @api.model
    def _get_part_domain(self):
        """Return the parts of the matters that the current user may see.

        It is kept by ``ir.rule``: hence a domain that looks for the matters only when
        it is used. Of parts in memory only their own matters are looked at, not all
        that the user may see.

        :rtype: Domain
        """
        whole = self._whole

        def to_sql(parts, alias, query):
            matters = parts.env[parts._fields[whole].comodel_name].sudo(False)
            if not matters.has_access("read"):
                return SQL("FALSE")
            return SQL(
                "%s IN %s",
                parts._field_to_sql(alias, whole, query),
                matters._search([], active_test=False).subselect(),
            )

        def predicate(part):
            return part[whole].sudo(False).has_access("read")

        return Domain.custom(to_sql=to_sql, predicate=predicate)
