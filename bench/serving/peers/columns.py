"""The columns of the telco table, apart from what needs pandas."""

NUMBERS = ["SeniorCitizen", "tenure", "MonthlyCharges", "TotalCharges"]
CATEGORIES = [
    "gender",
    "Partner",
    "Dependents",
    "PhoneService",
    "MultipleLines",
    "InternetService",
    "OnlineSecurity",
    "OnlineBackup",
    "DeviceProtection",
    "TechSupport",
    "StreamingTV",
    "StreamingMovies",
    "Contract",
    "PaperlessBilling",
    "PaymentMethod",
]
