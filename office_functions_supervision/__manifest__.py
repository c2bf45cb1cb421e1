# Part of Office Functions. See LICENSE file for full copyright and licensing details.
{
    "name": "Office Functions: Supervision",
    "summary": "Decisions carried to their verified end: tickets, tasks, feedback, "
    "verification, ledger",
    "version": "19.0.1.0.0",
    "category": "Productivity",
    "license": "LGPL-3",
    "author": "Office Functions Contributors",
    "depends": ["office_functions"],
    "external_dependencies": {"python": ["xlsxwriter"]},
    "data": [
        "security/office_functions_supervision_groups.xml",
        "security/ir.model.access.csv",
        "security/office_functions_supervision_rules.xml",
        "security/office_supervision_import_rules.xml",
        "data/office_number_series_data.xml",
        "data/office_time_limit_data.xml",
        "report/office_urging_reports.xml",
        "report/supervision_notice_reports.xml",
        "wizard/office_supervision_import_views.xml",
        "views/office_supervision_extension_views.xml",
        "views/office_supervision_feedback_views.xml",
        "views/office_supervision_verification_views.xml",
        "views/office_supervision_task_views.xml",
        "views/office_supervision_ticket_views.xml",
        "views/office_supervision_ticket_reach_views.xml",
        "views/office_functions_supervision_menus.xml",
        "report/office_supervision_ledger_views.xml",
    ],
    "demo": [
        "demo/res.users.csv",
        "demo/hr.employee.csv",
        "demo/office_story_demo.xml",
    ],
    "assets": {
        "web.assets_tests": ["office_functions_supervision/static/tests/tours/**/*"],
    },
}
