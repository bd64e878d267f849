"""What scikit-learn's preprocessing and numpy's percentile clip make of one small table, seen and unseen rows."""

import warnings
from decimal import Decimal, getcontext
from fractions import Fraction

import numpy as np
import sklearn
from golden_writer import write_golden
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, RobustScaler, StandardScaler

SEED = 7
# An unknown level that becomes a row of zeros is what the test is about.
warnings.filterwarnings("ignore", message="Found unknown categories")
rng = np.random.default_rng(SEED)


def numbers(rows, shift):
    columns = {
        "normal": rng.normal(50 + shift, 12, rows),
        "skewed": rng.lognormal(3 + shift / 10, 1.2, rows),
        "counts": rng.poisson(1.4, rows).astype(float),
        "zeroOne": (rng.random(rows) < 0.15).astype(float),
        "large": 1e9 + rng.normal(0, 1, rows),
        "constant": np.full(rows, 0.1),
    }
    for name in ("normal", "skewed", "counts"):
        columns[name][rng.random(rows) < 0.12] = np.nan
    return columns


def levels(rows, names, weights):
    chosen = rng.choice(np.array(names, dtype=object), rows, p=np.array(weights) / sum(weights))
    chosen[rng.random(rows) < 0.08] = None
    return chosen


def matrix(columns):
    return np.column_stack(list(columns.values()))


def columns_of(values, names):
    return {name: values[:, i] for i, name in enumerate(names)}


def imputed(train, test):
    answers = {}
    for name, options in {
        "median": {"strategy": "median"},
        "mean": {"strategy": "mean"},
        "mostFrequent": {"strategy": "most_frequent"},
        "constant": {"strategy": "constant", "fill_value": -3.5},
    }.items():
        model = SimpleImputer(**options).fit(matrix(train))
        answers[name] = {"fills": model.statistics_, "test": columns_of(model.transform(matrix(test)), train)}
    return answers


def clip_bounds(values, factor):
    q1, q3 = np.nanpercentile(values, [25, 75])
    return [q1 - factor * (q3 - q1), q3 + factor * (q3 - q1)]


def clipped(train, test, factor):
    bounds = {name: clip_bounds(values, factor) for name, values in train.items()}
    return {"bounds": bounds, "test": {name: np.clip(test[name], *bounds[name]) for name in test}}


def scaled(model, train, test):
    return columns_of(model.fit(matrix(train)).transform(matrix(test)), train)


def exactly_scaled(train, test):
    """Rational arithmetic: around 1e9 scikit-learn's own sums are off by more than the tolerance of the tests."""
    getcontext().prec = 60
    values = [Fraction(value) for value in train]
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / len(values)
    deviation = decimal(variance).sqrt()
    low, high = min(values), max(values)
    return {
        "standard": [float(decimal(Fraction(value) - mean) / deviation) for value in test],
        "minMax": [float((Fraction(value) - low) / (high - low)) for value in test],
    }


def decimal(value):
    return Decimal(value.numerator) / Decimal(value.denominator)


def preprocessed(train, test):
    filler = SimpleImputer(strategy="median")
    train_filled = columns_of(filler.fit_transform(matrix(train)), train)
    test_filled = columns_of(filler.transform(matrix(test)), train)
    bounds = {name: clip_bounds(values, 1.5) for name, values in train_filled.items()}
    # Holdfast keeps columns whose quartiles are equal; the plain rule would make them constant.
    keep = {name for name, (low, high) in bounds.items() if low == high}
    for table in (train_filled, test_filled):
        for name in table:
            if name not in keep:
                table[name] = np.clip(table[name], *bounds[name])
    return {"kept": sorted(keep), "test": scaled(StandardScaler(), train_filled, test_filled)}


def encoded(train, test, **options):
    model = OneHotEncoder(sparse_output=False, dtype=np.float64, **options)
    model.fit(train.reshape(-1, 1))
    # None stays a category of scikit-learn's: its column is named, so that a test can leave it out.
    names = [name.removeprefix("level_") for name in model.get_feature_names_out(["level"])]
    return {"columns": names, "test": model.transform(test.reshape(-1, 1)).T}


def encoded_after_impute(train, test):
    filler = SimpleImputer(strategy="constant", fill_value="missing", missing_values=None)
    encoder = OneHotEncoder(sparse_output=False, handle_unknown="ignore")
    both = make_pipeline(filler, encoder).fit(train.reshape(-1, 1))
    return {"columns": list(encoder.categories_[0]), "test": both.transform(test.reshape(-1, 1)).T}


def main():
    train, test = numbers(203, 0), numbers(40, 6)
    names = ["monthly", "one year", "two year", "trial", "staff", "barter"]
    train_levels = levels(203, names, [50, 25, 15, 5, 3, 2])
    test_levels = levels(40, names + ["lifetime"], [30, 20, 15, 10, 8, 7, 10])
    seen_levels, seen_test = train_levels[train_levels != None], test_levels[test_levels != None]  # noqa: E711
    write_golden(
        __file__,
        {
            "train": train,
            "test": test,
            "trainLevels": train_levels,
            "testLevels": test_levels,
            "impute": imputed(train, test),
            "iqrClip": {"1.5": clipped(train, test, 1.5), "0.5": clipped(train, test, 0.5)},
            "largeExactly": exactly_scaled(train["large"], test["large"]),
            "standardScale": scaled(StandardScaler(), train, test),
            "minMaxScale": scaled(MinMaxScaler(), train, test),
            "minMaxScaleClip": scaled(MinMaxScaler(clip=True), train, test),
            "robustScale": scaled(RobustScaler(), train, test),
            "preprocess": preprocessed(train, test),
            "oneHot": {
                "afterImpute": encoded_after_impute(train_levels, test_levels),
                "ignore": encoded(seen_levels, seen_test, handle_unknown="ignore"),
                "minCount": encoded(seen_levels, seen_test, handle_unknown="ignore", min_frequency=12),
                "minShare": encoded(seen_levels, seen_test, handle_unknown="infrequent_if_exist", min_frequency=0.1),
                "maxLevels": encoded(seen_levels, seen_test, handle_unknown="infrequent_if_exist", max_categories=4),
                "dropFirst": encoded(
                    seen_levels, seen_test, handle_unknown="ignore", drop="first", min_frequency=12
                ),
            },
        },
        tool="scikit-learn and numpy",
        version=f"{sklearn.__version__} and {np.__version__}",
        seed=SEED,
    )


main()
