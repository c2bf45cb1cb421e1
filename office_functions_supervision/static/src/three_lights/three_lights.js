// Part of Office Functions. See LICENSE file for full copyright and licensing details.

import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Component } from "@odoo/owl";

const NAMES = ["fast", "accurate", "solid"];
const COLOURS = { yes: "text-bg-success", no: "text-bg-danger" };

/** Fast, accurate, solid (快、准、实): green, red, or grey while it is not known. */
export class ThreeLights extends Component {
    static template = "office_functions_supervision.ThreeLights";
    static props = { ...standardFieldProps };

    get lights() {
        const { data, fields } = this.props.record;
        return NAMES.map((name) => {
            const option = (fields[name].selection || []).find(([key]) => key === data[name]);
            return {
                name,
                label: fields[name].string,
                colour: COLOURS[data[name]] || "text-bg-light border",
                title: `${fields[name].string}: ${option ? option[1] : "—"}`,
            };
        });
    }
}

registry.category("fields").add("office_three_lights", {
    component: ThreeLights,
    supportedTypes: ["selection"],
    fieldDependencies: [
        { name: "accurate", type: "selection", readonly: true },
        { name: "solid", type: "selection", readonly: true },
    ],
});
