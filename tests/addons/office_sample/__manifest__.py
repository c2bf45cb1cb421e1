# Part of Office Functions. See LICENSE file for full copyright and licensing details.
{
    "name": "Office Sample: Lost Property",
    "summary": "The worked example of CONTRIBUTING.md: one kind of matter, whole",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "Office Functions Contributors",
    "depends": ["office_functions"],
    "data": [
        "security/ir.model.access.csv",
        "data/office_lost_property_data.xml",
        "views/office_lost_property_views.xml",
    ],
}
