# Part of Office Functions. See LICENSE file for full copyright and licensing details.
{
    "name": "Office Functions: Service",
    "summary": "Leaders' days, canteen, repairs, cleaning, schools' requests",
    "version": "19.0.1.0.0",
    "category": "Productivity",
    "license": "LGPL-3",
    "author": "Office Functions Contributors",
    "depends": ["office_functions", "maintenance", "rating"],
    "data": [
        "security/ir.model.access.csv",
        "security/office_repair_rules.xml",
        "data/office_service_data.xml",
        "data/office_repair_data.xml",
        "views/office_service_correction_views.xml",
        "report/office_repair_reports.xml",
        "views/office_repair_page_templates.xml",
        "views/office_repair_dialogs_views.xml",
        "views/office_repair_views.xml",
        "views/office_equipment_views.xml",
        "views/res_config_settings_repair_views.xml",
        "views/office_functions_service_menus.xml",
    ],
    "demo": [
        "demo/office_story_demo.xml",
    ],
}
