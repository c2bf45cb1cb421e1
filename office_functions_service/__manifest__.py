# Part of Office Functions. See LICENSE file for full copyright and licensing details.
{
    "name": "Office Functions: Service",
    "summary": "Leaders' days, canteen, repairs, cleaning, schools' requests",
    "version": "19.0.1.0.0",
    "category": "Productivity",
    "license": "LGPL-3",
    "author": "Office Functions Contributors",
    "depends": ["office_functions", "maintenance", "rating"],
    "external_dependencies": {"python": ["xlsxwriter"]},
    "data": [
        "security/ir.model.access.csv",
        "data/office_service_data.xml",
        "views/office_service_correction_views.xml",
        "views/office_functions_service_menus.xml",
        "data/office_canteen_data.xml",
        "report/canteen_reports.xml",
        "wizard/office_canteen_views.xml",
        "views/office_canteen_menu_views.xml",
        "views/office_canteen_check_views.xml",
        "views/office_canteen_kitchen_views.xml",
        "views/office_canteen_views.xml",
        "views/office_canteen_templates.xml",
        "views/res_config_settings_canteen_views.xml",
        "views/office_canteen_menus.xml",
    ],
    "demo": [
        "demo/office_story_demo.xml",
    ],
    "assets": {
        "web.assets_tests": ["office_functions_service/static/tests/tours/**/*"],
    },
}
