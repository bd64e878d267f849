"""Boosting at equal trees, leaves, rate, lambda and bins: LightGBM, XGBoost and scikit-learn, from the data frame to the model."""

from peer import Timed, auc, log_loss, serve


def parts(rows, split):
    held = rows.marks[f"hold-out {split}"] == 1
    frame = rows.frame()
    return frame[~held].reset_index(drop=True), rows.labels[~held], frame[held], rows.labels[held]


def told(timed, trees, answers, scores):
    return timed.told(auc=auc(answers, scores), logLoss=log_loss(answers, scores), trees=trees)


def lightgbm(rows, split, trees, leaves, rate):
    import lightgbm as lgb

    train, labels, test, answers = parts(rows, split)
    params = {
        "objective": "binary", "num_leaves": leaves, "learning_rate": rate, "max_bin": 255, "lambda_l2": 1.0,
        "min_data_in_leaf": 1, "min_sum_hessian_in_leaf": 1.0, "num_threads": 1, "verbose": -1,
    }
    with Timed() as timed:
        model = lgb.train(params, lgb.Dataset(train, labels), trees)
    return told(timed, model.num_trees(), answers, model.predict(test))


def xgboost(rows, split, trees, leaves, rate):
    from xgboost import XGBClassifier

    train, labels, test, answers = parts(rows, split)
    model = XGBClassifier(
        n_estimators=trees, max_leaves=leaves, max_depth=0, grow_policy="lossguide", tree_method="hist", learning_rate=rate,
        max_bin=255, reg_lambda=1.0, min_child_weight=1, n_jobs=1, enable_categorical=True,
    )
    with Timed() as timed:
        model.fit(train, labels)
    return told(timed, model.get_booster().num_boosted_rounds(), answers, model.predict_proba(test)[:, 1])


def scikit_learn(rows, split, trees, leaves, rate):
    from sklearn.ensemble import HistGradientBoostingClassifier

    train, labels, test, answers = parts(rows, split)
    model = HistGradientBoostingClassifier(
        max_iter=trees, max_leaf_nodes=leaves, learning_rate=rate, max_bins=255, l2_regularization=1.0,
        min_samples_leaf=20, early_stopping=False, categorical_features="from_dtype",
    )
    with Timed() as timed:
        model.fit(train, labels)
    return told(timed, model.n_iter_, answers, model.predict_proba(test)[:, 1])


serve(lightgbm, xgboost, scikit_learn)
