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
        "data/office_service_data.xml",
        "views/office_service_correction_views.xml",
        # Cleaning, service desk, service quality index
        "security/office_cleaning_rules.xml",
        "data/office_cleaning_data.xml",
        "report/office_cleaning_reports.xml",
        "data/office_cleaning_mail_data.xml",
        "wizard/office_service_index_anew_views.xml",
        "views/office_cleaning_views.xml",
        "views/office_service_desk_views.xml",
        "views/office_service_index_views.xml",
        "views/office_functions_service_menus.xml",
    ],
    "demo": [
        "demo/office_story_demo.xml",
    ],
}
