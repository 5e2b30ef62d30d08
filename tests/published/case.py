"""One published value: who published it, what it says, and how the product finds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Numbers = float | tuple[float, ...]

SOURCES = {
    "R power.prop.test": "R, help(power.prop.test), Examples",
    "R fisher.test": "R, help(fisher.test), Examples: Fisher's twins (Convictions)",
    "R t.test": "R, help(t.test), Examples: Student's sleep data",
    "R chisq.test": "R, help(chisq.test), Examples: goodness of fit",
    "qcc": "R package qcc, viscosity data of Montgomery, Introduction to Statistical Quality Control, p. 242",
    "scipy chisquare": "SciPy manual, scipy.stats.chisquare, Examples",
    "scipy fisher_exact": "SciPy manual, scipy.stats.fisher_exact, Examples",
    "scipy false_discovery_control": "SciPy manual, scipy.stats.false_discovery_control, Examples",
    "scipy binomtest": "SciPy manual, scipy.stats.binomtest, Examples",
    "scipy ecdf": "SciPy manual, scipy.stats.ecdf, Examples: fan belts",
    "NIST 6.3.2.2": "NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2, flow rate of ten batches",
    "Newcombe 1998 a": "Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3",
    "Newcombe 1998 b": "Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10",
    "Armitage 1969": "Armitage, McPherson, Rowe 1969, J. R. Stat. Soc. A 132, 235-244, table 2",
    "Pocock 1977": "Pocock 1977, Biometrika 64, 191-199, table 1",
    "Benjamini, Hochberg 1995": "Benjamini, Hochberg 1995, J. R. Stat. Soc. B 57, 289-300, section 4",
    "Kohavi 2020": "Kohavi, Tang, Xu 2020, Trustworthy Online Controlled Experiments, ch. 21, scenario 1",
    "SRM encyclopedia": "Wikipedia, Sample ratio mismatch, Example",
    "Heun, LMDIR": "R package LMDIR, test_lmdi.R: elements of the log mean Divisia index (B. W. Ang 2005)",
    "Freireich 1963": "Freireich et al. 1963, Blood 21, 699-716: remission under 6-MP, by product limit",
    "Kaplan, Meier 1958": "Kaplan, Meier 1958, J. Am. Stat. Assoc. 53, 457-481, worked example",
    "Fader, Hardie 2007": "Fader, Hardie 2007, How to Project Customer Retention, J. Interactive Marketing 21, 76-90",
    "BG/NBD in Excel": "Fader, Hardie, Lee 2005, Implementing the BG/NBD Model in Microsoft Excel",
    "lifetimes README": "Python package lifetimes, documentation, Quickstart on CDNOW",
    "Gupta, Lehmann 2003": "Gupta, Lehmann 2003, Customers as Assets, J. Interactive Marketing 17, table 1",
    "Darden": "University of Virginia Darden, Market Analytics: the formula of CLV applied",
    "binomial tables": "Walpole, Myers, Myers, Ye, Probability and Statistics for Engineers, table A.1",
    "Laplace 1774": "Laplace 1774, Memoir on the probability of causes: the rule of succession",
    "beginpm": "beginpm.com, What is the RICE scoring model, example",
    "cadenly": "cadenly.io, RICE scoring explained, a worked example",
    "TREW": "TREW Marketing, 3 steps to calculate your leads-to-revenue ratio",
    "Business Insider 2010": "Business Insider 2010, How to make projections that actually mean something",
    "Prime Calculator": "theprimecalculator.com, CAC payback period, worked example",
    "calcmastery": "calcmastery.com, CAC payback with gross margin adjustment, example",
    "calcsimpler": "calcsimpler.com, CAC payback period, example without churn",
}
"""Every source by its short name."""


@dataclass(frozen=True)
class Value:
    """A published number, or the two ends of an interval, with how far rounding lets ours stray from it."""

    question: str
    source: str
    says: str
    published: Numbers
    within: float
    found: Callable[[], Numbers]

    @property
    def told(self) -> str:
        """The published number as it is written in the table."""
        parts = self.published if isinstance(self.published, tuple) else (self.published,)
        return " to ".join(f"{part:.10g}" for part in parts)
