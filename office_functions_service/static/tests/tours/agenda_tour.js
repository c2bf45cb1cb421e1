import { registry } from "@web/core/registry";
import {
    addLine,
    choose,
    create,
    fill,
    page,
    save,
} from "@office_functions/../tests/tours/walk_steps";

const tours = registry.category("web_tour.tours");
const ITEM = "听取学位供需汇报";
const PAPER = "学位供需分析表";
const row = `.o_data_row:contains("${PAPER}")`;
const card = `.o_kanban_record:contains("${ITEM}")`;

tours.add("office_agenda_clerk_enters_an_item", {
    steps: () => [
        create,
        fill("name", ITEM),
        fill("location", "四楼小会议室"),
        page("office_agenda"),
        ...choose("office_leader_id", "李主任"),
        ...save,
        addLine("office_material_ids"),
        fill("name", PAPER, "input", '[name="office_material_ids"]'),
        ...choose("owner_id", "张科员", '[name="office_material_ids"]'),
        ...save,
    ],
});

tours.add("office_agenda_alarm_is_seen", {
    steps: () => [{ trigger: `${row}.text-danger` }],
});

tours.add("office_agenda_owner_says_it_is_ready", {
    steps: () => [
        { trigger: `${row}.text-danger` },
        { trigger: `${row} button[name="mark_ready"]`, run: "click" },
        { trigger: `body:not(:has(${row}))` },
    ],
});

tours.add("office_agenda_leader_marks_attended", {
    steps: () => [
        { trigger: `${card}:contains("四楼小会议室"):contains("1/1")` },
        { trigger: `${card} button[name="mark_attended"]`, run: "click" },
        { trigger: `${card}:not(:has(button[name="mark_attended"]))` },
    ],
});
