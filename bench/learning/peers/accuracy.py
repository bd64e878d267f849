"""AutoML and boosting libraries on the customers of a seed: all rows but the hold-out to learn from, judged on the hold-out."""

import logging
import time
import warnings

from peer import Timed, auc, log_loss, serve

warnings.filterwarnings("ignore")


def parts(rows, seed):
    frame, held = rows.frame(), rows.marks[f"hold-out {seed}"] == 1
    return frame[~held].reset_index(drop=True), rows.labels[~held], frame[held].reset_index(drop=True), rows.labels[held]


def told(timed, labels, scores, **facts):
    return timed.told(auc=auc(labels, scores), logLoss=log_loss(labels, scores), **facts)


def flaml(rows, seed, threads, budget):
    from flaml import AutoML

    logging.getLogger("flaml").setLevel(logging.ERROR)
    x, y, held, answers = parts(rows, seed)
    model = AutoML()
    with Timed() as timed:
        model.fit(x, y, task="classification", metric="roc_auc", time_budget=budget, n_jobs=threads, seed=seed, verbose=0)
    return told(timed, answers, model.predict_proba(held)[:, 1])


def catboost(rows, seed, threads):
    import numpy as np
    from catboost import CatBoostClassifier

    x, y, held, answers = parts(rows, seed)
    names = [column["name"] for column in rows.columns if column["kind"] == "category"]
    for frame in (x, held):
        for name in names:
            # It takes no missing category.
            frame[name] = frame[name].astype(object).where(frame[name].notna(), "missing").astype(str)
    model = CatBoostClassifier(random_seed=seed, thread_count=threads, verbose=False, allow_writing_files=False)
    with Timed() as timed:
        model.fit(x, y, cat_features=names)
    return told(timed, answers, np.asarray(model.predict_proba(held))[:, 1], trees=model.tree_count_)


def settings_of(found, seed, threads):
    return {"objective": "binary", "metric": "binary_logloss", "verbosity": -1, "bagging_freq": 1, "num_threads": threads, "seed": seed, **found}


def suggested(trial):
    return {
        "learning_rate": trial.suggest_float("learning_rate", 0.01, 0.2, log=True),
        "num_leaves": trial.suggest_int("num_leaves", 4, 128, log=True),
        "min_data_in_leaf": trial.suggest_int("min_data_in_leaf", 5, 200, log=True),
        "feature_fraction": trial.suggest_float("feature_fraction", 0.4, 1.0),
        "bagging_fraction": trial.suggest_float("bagging_fraction", 0.5, 1.0),
        "lambda_l1": trial.suggest_float("lambda_l1", 1e-6, 10.0, log=True),
        "lambda_l2": trial.suggest_float("lambda_l2", 1e-6, 10.0, log=True),
    }


DEFAULTS = {
    "learning_rate": 0.1,
    "num_leaves": 31,
    "min_data_in_leaf": 20,
    "feature_fraction": 1.0,
    "bagging_fraction": 1.0,
    "lambda_l1": 1e-6,
    "lambda_l2": 1e-6,
}


def tune_lightgbm(rows, seed, threads, budget):
    """Optuna's TPE within the budget, each trial five folds with early stopping by log loss; the facts are the best settings."""
    import lightgbm as lgb
    import optuna
    from sklearn.model_selection import StratifiedKFold

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    x, y, _, _ = parts(rows, seed)
    folds = list(StratifiedKFold(5, shuffle=True, random_state=seed).split(x, y))

    def in_time(_):
        # A trial under way at the end of the budget is given up; the first one is always finished.
        if time.monotonic() > ends and len(study.get_trials(states=[optuna.trial.TrialState.COMPLETE])) > 0:
            raise optuna.TrialPruned()

    def loss(trial):
        settings = settings_of(suggested(trial), seed, threads)
        callbacks = [lgb.early_stopping(50, verbose=False), in_time]
        found = lgb.cv(settings, lgb.Dataset(x, y), num_boost_round=2000, folds=folds, callbacks=callbacks)
        losses = found["valid binary_logloss-mean"]
        trial.set_user_attr("trees", len(losses))
        return losses[-1]

    with Timed() as timed:
        ends = time.monotonic() + budget
        study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
        # The defaults of the library first: tuned is then never behind untuned, by its own folds.
        study.enqueue_trial(DEFAULTS)
        study.optimize(loss, timeout=budget)
    # A fifth more rows than in a fold.
    trees = max(1, round(study.best_trial.user_attrs["trees"] * 1.1))
    return timed.told(trees=trees, trials=len(study.trials), **study.best_params)


def lightgbm(rows, seed, threads, tuned):
    """With settings that were found before; whole ones come as doubles."""
    import lightgbm as lgb

    x, y, held, answers = parts(rows, seed)
    trees = int(tuned["trees"])
    found = {name: int(value) if name in ("num_leaves", "min_data_in_leaf") else value for name, value in tuned.items() if name not in ("trees", "trials")}
    with Timed() as timed:
        model = lgb.train(settings_of(found, seed, threads), lgb.Dataset(x, y), num_boost_round=trees)
    return told(timed, answers, model.predict(held), trees=model.num_trees())


serve(flaml, catboost, tune_lightgbm, lightgbm)
