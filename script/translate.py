# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""Run by script/translate in Odoo's shell: renews the term files of all addons."""

import io
from collections import defaultdict
from pathlib import Path
from unittest.mock import patch

import polib

from odoo.modules.module import Manifest
from odoo.tools import file_path
from odoo.tools.translate import trans_export

import odoo.addons

LANG = "zh_CN"
CHOICE = "ir.model.fields.selection"
EXTRA_HEADER = (
    "Words for the choices that mixins of other addons bring to the models of this "
    "one.\nOdoo exports them with those addons and loads those before this one, so "
    "they stand here."
)
EXTRA_METADATA = {
    "Language": LANG,
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


class Terms:
    """The terms of the installed addons of the suite.

    :param env: an environment of a database in which all of them are installed
    """

    def __init__(self, env):
        self.env = env
        modules = env["ir.module.module"].search([("state", "=", "installed")])
        ours = [name for name in modules.mapped("name") if name.startswith("office_")]
        self.folders = {name: Path(file_path(name)) for name in ours}
        self.memory = {}
        for folder in self.folders.values():
            words = read_words(folder / "i18n" / f"{LANG}.po")
            self.memory |= {term: word for term, word in words.items() if word}
        self.homes = {
            choice: self._find_home(addon, record)
            for addon, choice, record in self.choices()
        }

    def _find_home(self, addon, choice):
        """Return the addon that defines the model whose field has a choice.

        A model of Odoo's own is at home, with the choices of our mixins, where it was
        made to inherit them.
        """
        model = self.env.registry.get(choice.field_id.model)
        if model is None:
            return None
        home = model._original_module
        if addon in self.folders and home not in self.folders:
            heirs = [
                heir
                for mixin, heir in model._inherit_module.items()
                if heir in self.folders
                and choice.field_id.name in self.env[mixin]._fields
                and self.env[mixin]._abstract
            ]
            return min(heirs, default=home)
        return home

    def choices(self):
        """Yield ``(addon that exports it, external id, choice)`` of all choices."""
        data = self.env["ir.model.data"].search([("model", "=", CHOICE)])
        choices = self.env[CHOICE].browse(data.mapped("res_id")).exists()
        known = {choice.id: choice for choice in choices}
        for line in data.sorted("complete_name"):
            if line.res_id in known:
                yield line.module, line.complete_name, known[line.res_id]

    # The words of an addon ------------------------------------------------------------

    def renew(self, addon):
        """Write the template and the Chinese file of one addon.

        What is translated stays; a term that another addon has translated is taken
        from there.

        :return: the terms that have no Chinese
        :rtype: list[str]
        """
        folder = self.folders[addon] / "i18n"
        folder.mkdir(exist_ok=True)
        terms = self._export(addon)
        self._save(terms, folder / f"{addon}.pot")
        words = read_words(folder / f"{LANG}.po")
        for entry in terms:
            entry.msgstr = words.get(entry.msgid) or self.memory.get(entry.msgid, "")
        self._save(terms, folder / f"{LANG}.po")
        return [entry.msgid for entry in terms if not entry.msgstr]

    def _export(self, addon):
        """Return the terms of an addon as Odoo exports them, untranslated.

        What other addons' models make of its mixins is not named in the comments.
        """
        buffer = io.BytesIO()
        # Odoo takes a file to be of the first path it lies under, and the folder of
        # the sample addons lies under the one of the suite.
        paths = sorted(odoo.addons.__path__, key=len, reverse=True)
        with patch.object(odoo.addons, "__path__", paths):
            trans_export(None, [addon], buffer, "po", self.env)
        terms = polib.pofile(buffer.getvalue().decode())
        for entry in terms:
            entry.msgstr = ""
            own = [
                place
                for place in entry.occurrences
                if self._is_told_by(addon, place[0].partition("name:")[2])
            ]
            entry.occurrences = own or entry.occurrences[:1]
        return terms

    def _is_told_by(self, addon, xmlid):
        """Tell whether an addon's own file holds the words of a choice.

        It does for its own models and for those that it extends.
        """
        home = self.homes.get(xmlid, addon)
        return home in self._get_ground(addon) or home not in self.folders

    def _get_ground(self, addon):
        """Return an addon and those it stands on, which are loaded before it."""
        needed = Manifest.for_addon(addon)["depends"]
        return {addon}.union(
            *(self._get_ground(name) for name in needed if name in self.folders)
        )

    @staticmethod
    def _save(terms, path):
        """Write a file, unless only the hour of its making would change."""
        dates = ("POT-Creation-Date", "PO-Revision-Date")
        if path.exists():
            before = polib.pofile(path)
            terms.metadata |= {name: before.metadata[name] for name in dates}
            if str(before) == str(terms):
                return
        terms.save(path)

    # The choices that mixins bring ----------------------------------------------------

    def renew_extra(self):
        """Write, for each addon, the choices that mixins bring to its models."""
        chinese = self.env(context={"lang": LANG})
        words, wanted = {}, defaultdict(lambda: defaultdict(list))
        for addon, xmlid, choice in self.choices():
            english, word = choice.name, choice.with_env(chinese).name
            if english != word:
                words.setdefault((addon, english), word)
            home = self.homes[xmlid]
            if home in self.folders and home != addon:
                wanted[home][addon, english].append(xmlid)
        for home, found in wanted.items():
            path = self.folders[home] / "i18n_extra" / f"{LANG}.po"
            known = read_words(path)
            file = polib.POFile()
            file.header, file.metadata = EXTRA_HEADER, EXTRA_METADATA
            for (addon, english), xmlids in sorted(found.items()):
                word = known.get(english) or words.get((addon, english), "")
                places = [(f"model:{CHOICE},name:{xmlid}", "") for xmlid in xmlids]
                file.append(
                    polib.POEntry(
                        msgid=english,
                        msgstr=word,
                        comment=f"module: {addon}",
                        occurrences=places,
                    )
                )
            path.parent.mkdir(exist_ok=True)
            file.save(path)


def read_words(path):
    """Return the translations of a file, empty where there is none.

    :rtype: dict[str, str]
    """
    return {e.msgid: e.msgstr for e in polib.pofile(path)} if path.exists() else {}


def renew_all(env):
    """Renew the files of all addons and print what is not translated."""
    terms = Terms(env)
    terms.renew_extra()
    for addon in terms.folders:
        missing = terms.renew(addon)
        print(f"{addon}: {len(missing) or 'no'} terms without Chinese")
        for term in missing:
            print(f"    {term!r}")


renew_all(env)  # noqa: F821
