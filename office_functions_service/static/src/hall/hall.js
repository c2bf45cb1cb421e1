/* Comfort on the forms of the service hall; without it they work all the same. */
(() => {
    const DRAFT = "office_draft_";
    const HIDDEN = ["csrf_token", "seal", "offers_seen", "homepage"];

    /** Keep what is typed on this device, if its owner wants that. */
    function keepDraft(form) {
        const key = DRAFT + form.dataset.kind;
        const box = form.querySelector(".o_office_keep");
        const keep = box.querySelector("input");
        const fields = [...form.elements].filter(
            (field) =>
                field.name &&
                !HIDDEN.includes(field.name) &&
                !["file", "submit", "button"].includes(field.type)
        );
        const draft = JSON.parse(localStorage.getItem(key) || "null");
        for (const field of fields) {
            if (draft && field.name in draft) {
                if (field.type === "checkbox") {
                    field.checked ||= draft[field.name];
                } else {
                    field.value ||= draft[field.name];
                }
            }
        }
        keep.checked = Boolean(draft);
        box.classList.remove("d-none");
        const save = () => {
            if (!keep.checked) {
                localStorage.removeItem(key);
                return;
            }
            const values = {};
            for (const field of fields) {
                values[field.name] =
                    field.type === "checkbox" ? field.checked : field.value;
            }
            localStorage.setItem(key, JSON.stringify(values));
        };
        form.addEventListener("input", save);
        keep.addEventListener("change", save);
    }

    /** While somebody types a question, show what was answered before. */
    function offerAnswers(form) {
        const place = form.querySelector(".o_office_offers");
        const typed = [...form.querySelectorAll("[name='name'], [name='text']")];
        let timer = null;
        let shown = "";
        const show = async () => {
            const words = typed.map((field) => field.value.trim()).find(Boolean) || "";
            if (words === shown) {
                return;
            }
            shown = words;
            const address = "/office/topics/offers?words=";
            const answer =
                words && (await fetch(address + encodeURIComponent(words.slice(0, 200))));
            if (shown !== words || (answer && !answer.ok)) {
                return;
            }
            const offers = answer ? await answer.json() : [];
            place.replaceChildren();
            form.elements.offers_seen.value = offers.length ? "1" : "";
            if (!offers.length) {
                return;
            }
            place.className = "o_office_offers alert alert-info";
            const title = document.createElement("p");
            title.textContent = place.dataset.title;
            const list = document.createElement("ul");
            for (const offer of offers) {
                const link = document.createElement("a");
                link.href = `/office/topics/${offer.id}`;
                link.target = "_blank";
                link.textContent = offer.name;
                const item = document.createElement("li");
                item.append(link);
                list.append(item);
            }
            place.append(title, list);
        };
        form.addEventListener("input", (event) => {
            if (typed.includes(event.target)) {
                clearTimeout(timer);
                timer = setTimeout(show, 400);
            }
        });
    }

    const form = document.querySelector(".o_office_filing");
    if (form) {
        keepDraft(form);
        if (form.classList.contains("o_office_with_offers")) {
            offerAnswers(form);
        }
    }
    const filed = document.querySelector(".o_office_filed");
    if (filed) {
        localStorage.removeItem(DRAFT + filed.dataset.kind);
    }
    document.querySelector(".o_office_hall [role='alert']")?.focus();
})();
