"""The ten-second test on the offer's page: the offer is shown, then hidden, and the listener's words are typed.

The window is counted down by the page's script; what is kept comes back as a row of the document's listeners.
"""

from __future__ import annotations

from html import escape

from playbook import addresses, rules
from playbook.documents.offer import Offer, OfferAndProof, Understood
from playbook.documents.words import lost
from playbook.i18n import t
from playbook.ui.page import Page

KEY = "offer"


def html(page: Page) -> str:
    """The test, with what the last listener lost; empty on other pages and before there is an offer."""
    with page.speaking():
        found = page.walk().answer(KEY) if page.key == KEY else None
        offers = [one for one in found.asked.offers if one.sentence] if isinstance(found, Understood) else []
        if not isinstance(found, Understood) or not offers:
            return ""
        title, note = (
            t("ui", "Ten-second test"),
            t("ui", "Turn the screen to a listener: the offer stands there for ten seconds and goes away."),
        )
        shows = "".join(f"<p>{_show(offer, alone=len(offers) == 1)}</p>" for offer in offers)
        return (
            f'<div class="pb"><section class="pb-files" id="retell"><h2 class="pb-h3">{title}</h2>'
            f'<p class="pb-sub">{escape(note)}</p>{shows}{_last(found.asked)}</section>{_window()}</div>'
        )


def _show(offer: Offer, *, alone: bool) -> str:
    words = t("ui", "Show the offer") if alone else t("ui", "Show the offer: {segment}", segment=offer.segment)
    facts = {"segment": offer.segment, "retell": offer.sentence}
    said = "".join(f' data-{name}="{escape(value)}"' for name, value in facts.items())
    return f'<button class="pb-btn quiet" type="button"{said}>{escape(words)}</button>'


def _last(asked: OfferAndProof) -> str:
    """What the last listener did not give back."""
    test = next((one for one in reversed(asked.tests) if one.heard.strip()), None)
    offer = asked.heard_of(test) if test else None
    if test is None or offer is None:
        return ""
    gone, name = lost(offer.sentence, test.heard), test.listener.strip() or t("ui", "the last listener")
    words = {"name": name, "words": ", ".join(gone)}
    said = t("ui", "Lost by {name}: {words}.", **words) if gone else t("ui", "{name} lost no word.", **words)
    return f'<p class="pb-lost">{escape(said)}</p>'


def _window() -> str:
    """The window over the page: the sentence with its clock, then the questions to the listener."""
    seconds = rules.get("offer_retell_seconds").number
    fields = (
        f'<p><label for="rt-who">{t("ui", "Listener")}</label>'
        '<input id="rt-who" name="listener" autocomplete="off"></p>'
        f'<p><label for="rt-heard">{t("ui", "What did they hear? Word for word")}</label>'
        '<textarea id="rt-heard" name="heard" rows="4" required></textarea></p>'
        f"<fieldset><legend>{t('ui', 'For whom, what and why you: said back without a hint?')}</legend>"
        f'<label><input type="radio" name="retold" value="yes" required> {t("steps", "yes")}</label>'
        f'<label><input type="radio" name="retold" value="no"> {t("steps", "no")}</label></fieldset>'
    )
    door = addresses.to("/retelling")
    keep, leave = t("ui", "Keep and show the lost words"), t("ui", "Close without keeping")
    return (
        f'<dialog class="pb-retell" data-seconds="{seconds:g}" data-stage="shown" aria-label="'
        f'{t("ui", "Ten-second test")}"><div class="show"><p class="left" role="timer"></p><p class="said"></p></div>'
        f'<form class="ask" method="post" action="{door}"><input type="hidden" name="offer">{fields}'
        f'<p class="pb-ways"><button class="pb-btn" type="submit">{keep}</button></p></form>'
        f'<p><button class="pb-btn quiet" type="button" data-leave>{leave}</button></p></dialog>'
    )
