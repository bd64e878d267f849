"""The telco table as all peers see it: columns, the model, and the offline answers they must give again."""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from columns import CATEGORIES, NUMBERS
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OrdinalEncoder


def read_table(path: Path) -> pd.DataFrame:
    table = pd.read_csv(path)
    table["TotalCharges"] = pd.to_numeric(table["TotalCharges"], errors="coerce")
    return table


def make_pipeline(trees: int) -> Pipeline:
    """Boosting takes ordinal codes and missing numbers as they are: the cheapest preparation that scikit-learn has."""
    encoder = OrdinalEncoder(
        handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-1
    )
    prepare = ColumnTransformer(
        [("numbers", "passthrough", NUMBERS), ("categories", encoder, CATEGORIES)]
    )
    boosting = HistGradientBoostingClassifier(
        max_iter=trees,
        learning_rate=0.1,
        max_leaf_nodes=31,
        min_samples_leaf=20,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=42,
    )
    return Pipeline([("prepare", prepare), ("boosting", boosting)])


def levels_of(pipeline: Pipeline) -> dict[str, list[str]]:
    encoder = pipeline.named_steps["prepare"].named_transformers_["categories"]
    return {
        name: list(levels)
        for name, levels in zip(CATEGORIES, encoder.categories_, strict=True)
    }


def main(source: str, folder: str, trees: str) -> None:
    """Fits the model; writes it for each peer, and what it says of every row."""
    import joblib
    import mlflow
    import tl2cgen
    import treelite

    out = Path(folder)
    table = read_table(Path(source))
    pipeline = make_pipeline(int(trees)).fit(
        table[NUMBERS + CATEGORIES], table["Churn"] == "Yes"
    )
    scores = pipeline.predict_proba(table[NUMBERS + CATEGORIES])[:, 1]
    joblib.dump(pipeline, out / "pipeline.joblib")
    (out / "scores.json").write_text(json.dumps([float(score) for score in scores]))
    (out / "levels.json").write_text(json.dumps(levels_of(pipeline)))
    mlflow.sklearn.save_model(
        pipeline,
        out / "mlflow",
        pyfunc_predict_fn="predict_proba",
        serialization_format="cloudpickle",
        input_example=None,
        pip_requirements=["scikit-learn"],
    )
    forest = treelite.sklearn.import_model(pipeline.named_steps["boosting"])
    tl2cgen.export_lib(
        forest,
        toolchain="gcc",
        libpath=str(out / "trees.so"),
        params={"parallel_comp": 2},
        nthread=2,
    )
    leaves = sum(
        int(tree[0].nodes["is_leaf"].sum())
        for tree in pipeline.named_steps["boosting"]._predictors
    )
    print(
        json.dumps(
            {
                "trees": len(pipeline.named_steps["boosting"]._predictors),
                "leaves": leaves,
                "rows": len(table),
                "mean": float(np.mean(scores)),
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
