"""Keys of accounts: a live key goes nowhere but to Stripe."""

import pytest

from maillage.fundraising.gateways.accounts import BadKeys, every_account, keys_of


def test_keys_are_read_by_the_code_of_their_account(settings):
    settings.STRIPE_ACCOUNTS = "agent=sk_test_1,pk_test_1,whsec_1; asso=sk_live_2, pk_live_2,"
    settings.STRIPE_API_URL = "https://api.stripe.com"
    assert [keys.code for keys in every_account()] == ["agent", "asso"]
    assert (keys_of("asso").is_live, keys_of("asso").webhook, keys_of("nobody")) == (True, "", None)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8030", "http://api.stripe.com", "https://api.stripe.com.example", "https://stripe.example"]
)
def test_a_live_key_is_sent_to_stripe_alone(settings, url):
    settings.STRIPE_ACCOUNTS = "agent=sk_live_1,pk_live_1,whsec_1"
    settings.STRIPE_API_URL = url
    with pytest.raises(BadKeys, match="Stripe alone"):
        keys_of("agent")


@pytest.mark.parametrize("url", ["http://127.0.0.1:8030/v3/", "http://js.stripe.com/v3/", "https://js.stripe.com.example/v3/"])
def test_a_card_is_typed_into_stripes_script_alone_where_money_moves(settings, url):
    settings.STRIPE_ACCOUNTS, settings.STRIPE_API_URL = "agent=sk_live_1,pk_live_1,whsec_1", "https://api.stripe.com"
    settings.STRIPE_JS_URL = url
    with pytest.raises(BadKeys, match="STRIPE_JS_URL"):
        keys_of("agent")
    settings.STRIPE_ACCOUNTS = "agent=sk_test_1,pk_test_1,whsec_1"
    assert keys_of("agent") is not None


@pytest.mark.parametrize(
    "text", ["agent", "agent=sk_test_1", "=sk_test_1,pk_test_1,w", "agent=,pk_test_1,w", "agent=sk_live_1,pk_test_1,w", "a=s,p,w;a=s,p,w"]
)
def test_what_cannot_be_right_is_refused_and_no_key_is_repeated(settings, text):
    settings.STRIPE_ACCOUNTS, settings.STRIPE_API_URL = text, "https://api.stripe.com"
    with pytest.raises(BadKeys) as refused:
        every_account()
    assert "sk_" not in str(refused.value)


def test_the_sdk_speaks_the_version_that_this_code_was_written_against(settings):
    import stripe

    assert stripe.api_version == settings.STRIPE_VERSION


def test_keys_are_not_shown():
    from maillage.fundraising.gateways.accounts import Keys

    assert "sk_" not in repr(Keys("agent", "sk_test_secret", "pk_test_1", "whsec_secret"))
    assert "whsec" not in repr(Keys("agent", "sk_test_secret", "pk_test_1", "whsec_secret"))
