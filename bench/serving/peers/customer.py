"""The request and the answer of both FastAPI peers: pydantic models, as its users write them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Text = str | None
Amount = float | None


class Customer(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    customerID: str | None = None
    gender: Text
    SeniorCitizen: Amount
    Partner: Text
    Dependents: Text
    tenure: Amount = Field(ge=0)
    PhoneService: Text
    MultipleLines: Text
    InternetService: Text
    OnlineSecurity: Text
    OnlineBackup: Text
    DeviceProtection: Text
    TechSupport: Text
    StreamingTV: Text
    StreamingMovies: Text
    Contract: Text
    PaperlessBilling: Text
    PaymentMethod: Text
    MonthlyCharges: Amount = Field(ge=0)
    TotalCharges: Amount = Field(ge=0)


class Answer(BaseModel):
    requestId: str
    churnProbability: float
    churn: bool
    band: Literal["high", "medium", "low"]


THRESHOLD = 0.5


def band_of(score: float) -> Literal["high", "medium", "low"]:
    return "high" if score >= 0.6 else "medium" if score >= 0.3 else "low"
