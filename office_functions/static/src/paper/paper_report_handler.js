import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { getReportUrl } from "@web/webclient/actions/reports/utils";

/**
 * Downloads the PDF of a report printed on paper layout. Odoo's own way asks for
 * wkhtmltopdf first and shows HTML without it; these reports do not need it.
 *
 * @param {Object} action an ir.actions.report
 * @param {Object} options of the action service
 * @param {Object} env
 * @returns {Promise<boolean>} whether the action was one of these reports
 */
export async function paperReportHandler(action, options, env) {
    if (!action.office_paper || action.report_type !== "qweb-pdf") {
        return false;
    }
    env.services.ui.block();
    try {
        await download({
            url: "/report/download",
            data: {
                data: JSON.stringify([getReportUrl(action, "pdf"), action.report_type]),
                context: JSON.stringify({ ...user.context, ...action.context }),
            },
        });
    } finally {
        env.services.ui.unblock();
    }
    return true;
}

registry
    .category("ir.actions.report handlers")
    .add("office_functions.paper", paperReportHandler);
