import { registry } from "@web/core/registry";
import {
    at,
    choose,
    create,
    fill,
    open,
    page,
    press,
    save,
    state,
} from "@office_functions/../tests/tours/walk_steps";

const tours = registry.category("web_tour.tours");
const TITLE = "招生工作部署会";
/** A moment of that day in UTC, as this browser's user would type it. */
const moment = (time) =>
    luxon.DateTime.fromISO(`2027-03-09T${time}:00Z`).toFormat("yyyy-MM-dd HH:mm:ss");
const alert = '.o_form_view .alert .o_field_widget[name="clash_alert"]';

tours.add("office_meeting_clerk_moves_it", {
    steps: () => [
        create,
        fill("name", TITLE),
        ...at("start", moment("01:30")),
        ...at("start", moment("03:00"), "stop"),
        ...choose("host_id", "李主任"),
        // The leader is taken: it is said before anything is saved.
        { trigger: `${alert}:contains("李主任"):contains("局务会")` },
        ...choose("office_room_id", "三楼会议室"),
        { trigger: `${alert}:contains("三楼会议室")` },
        // An hour later the leader and the room are free.
        ...at("start", moment("04:00"), "stop"),
        ...at("start", moment("02:30")),
        { trigger: `body:not(:has(${alert}))` },
        ...save,
        page("notice"),
        fill("agenda", "一、通报报名情况；二、部署录取工作", "textarea"),
        press("confirm"),
        state("confirmed"),
        { trigger: '.o_field_widget[name="partner_ids"]:contains("李主任")' },
    ],
});

tours.add("office_meeting_clerk_gives_notice", {
    steps: () => [open(TITLE), press("notify"), state("notified")],
});
