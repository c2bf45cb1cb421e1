import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { Interaction } from "@web/public/interaction";

/** While somebody types a question, what the library says to it already. */
export class GuidanceOffers extends Interaction {
    static selector = ".o_office_asks";
    dynamicContent = {
        "[name='name'], [name='text']": {
            "t-on-input": this.debounced(this.offer, 400),
        },
    };

    setup() {
        this.place = this.el.querySelector(".o_office_offers");
        this.keepLast = new KeepLast();
        this.words = "";
    }

    async offer() {
        const fields = this.el.querySelectorAll("[name='name'], [name='text']");
        const words = [...fields].map((field) => field.value.trim()).join(" ").trim();
        if (words === this.words) {
            return;
        }
        this.words = words;
        const offers = words
            ? await this.waitFor(
                  this.keepLast.add(rpc("/my/office/guidance/offers", { words }))
              )
            : [];
        this.place.replaceChildren();
        if (offers.length) {
            this.renderAt(
                "office_functions_service.GuidanceOffers",
                { offers },
                this.place
            );
        }
    }
}

registry
    .category("public.interactions")
    .add("office_functions_service.guidance_offers", GuidanceOffers);
