/* global Chart */
import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";

const TONES = { red: "--danger", yellow: "--warning", green: "--success", rate: "--primary" };

/**
 * A chart in the look of the web client: its own text colour and the tones of the
 * lights, so that it is right in a dark theme too. Below it stands the same as a table
 * for screen readers.
 */
export class OfficeChart extends Component {
    static template = "office_functions.OfficeChart";
    static props = {
        type: String,
        chart: Object,
        onClick: { type: Function, optional: true },
    };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.chart]
        );
        onWillUnmount(() => this.drawn?.destroy());
    }

    tone(key) {
        const style = getComputedStyle(this.canvas.el);
        return style.getPropertyValue(TONES[key] || "--primary").trim() || style.color;
    }

    draw() {
        this.drawn?.destroy();
        const { type, chart, onClick } = this.props;
        const ink = getComputedStyle(this.canvas.el).color;
        const stacked = type === "bar";
        const axis = { stacked, ticks: { color: ink, precision: 0 }, grid: { display: false } };
        this.drawn = new Chart(this.canvas.el, {
            type,
            data: {
                labels: chart.labels,
                datasets: chart.datasets.map((dataset) => ({
                    label: dataset.label,
                    data: dataset.data,
                    backgroundColor: this.tone(dataset.key),
                    borderColor: this.tone(dataset.key),
                    spanGaps: true,
                    clip: false,
                })),
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                indexAxis: stacked ? "y" : "x",
                plugins: { legend: { display: stacked, labels: { color: ink } } },
                scales: stacked
                    ? { x: axis, y: axis }
                    : { x: axis, y: { ...axis, min: 0, max: 100 } },
                onClick: (_event, elements) => elements.length && onClick?.(elements[0]),
            },
        });
    }
}
