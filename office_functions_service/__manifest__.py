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
        "security/office_school_rules.xml",
        "data/office_school_data.xml",
        "views/office_service_topic_views.xml",
        "views/office_school_request_views.xml",
        "views/office_consultation_views.xml",
        "views/office_guidance_views.xml",
        "views/office_school_portal_templates.xml",
        "views/office_functions_service_menus.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "office_functions_service/static/src/guidance/**/*",
        ],
        "web.assets_tests": ["office_functions_service/static/tests/tours/**/*"],
    },
    "demo": [
        "demo/office_story_demo.xml",
    ],
}
