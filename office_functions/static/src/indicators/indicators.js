import { Component, onWillStart, useState } from "@odoo/owl";
import { serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const { DateTime } = luxon;

/**
 * The indicators of a period, for everybody as much as is theirs to see; a click on a
 * line shows it unit by unit, a click on a figure the records behind it.
 */
export class Indicators extends Component {
    static template = "office_functions.Indicators";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        const begin = DateTime.local().startOf("month");
        this.state = useState({
            span: "month",
            from: serializeDate(begin),
            to: serializeDate(begin.endOf("month")),
            figures: [],
            open: null,
        });
        onWillStart(() => this.load());
    }

    get spans() {
        return [
            ["month", _t("Month")],
            ["quarter", _t("Quarter")],
            ["year", _t("Year")],
        ];
    }

    get valid() {
        return this.state.from && this.state.to && this.state.from <= this.state.to;
    }

    async load() {
        if (this.valid) {
            this.state.figures = await this.orm.call("office.indicator", "measure_all", [
                this.state.from,
                this.state.to,
            ]);
        }
    }

    /** Shows another period: the one around a day, or one before or after. */
    async move(span, steps) {
        const unit = `${span}s`;
        const begin = DateTime.fromISO(this.state.from).startOf(span).plus({ [unit]: steps });
        Object.assign(this.state, {
            span,
            from: serializeDate(begin),
            to: serializeDate(begin.endOf(span)),
        });
        await this.load();
    }

    toggle(figure) {
        this.state.open = this.state.open === figure.code ? null : figure.code;
    }

    rounded(number) {
        return Number(number.toFixed(1)).toString();
    }

    shown(figure, row = figure) {
        if (row.value === null) {
            return "—";
        }
        const text = this.rounded(row.value);
        return figure.unit === "percent" ? `${text} %` : text;
    }

    fraction(figure, row = figure) {
        if (["count", "median"].includes(figure.unit)) {
            return "";
        }
        return `${this.rounded(row.numerator)} / ${row.denominator}`;
    }

    async openRecords(figure, unitId = false, userId = false) {
        const action = await this.orm.call("office.indicator", "open_records", [
            figure.code,
            this.state.from,
            this.state.to,
            unitId,
            userId,
        ]);
        await this.action.doAction(action);
    }
}

registry.category("actions").add("office_indicators", Indicators);
