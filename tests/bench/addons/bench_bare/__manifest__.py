# Part of Office Functions. See LICENSE file for full copyright and licensing details.

{
    "name": "Bare Route",
    "summary": "A page for strangers that does nothing but write a row",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "depends": ["web"],
    "data": ["security/ir.model.access.csv"],
    "installable": True,
}
