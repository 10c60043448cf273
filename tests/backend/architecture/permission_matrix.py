"""Who may do what: a line an endpoint and method, a column a role, the status that each gets.

A path in braces names a row of `world.py`. `here` is the seat 0101 (department 01): the term, the assignment and the
person are there; the application is for 0102, in the same department. One endpoint may have several lines. Every
endpoint of the URL configuration has at least one, or the test fails; every status is exact.

Read by column: 200 or 20x is done; 302 a redirection after a form; 400 let through and told what was missing; 401 is
allauth's "not signed in (yet)"; 403 forbidden; 404 invisible (decision 9: whoever may not see it learns nothing);
409 let through, at the wrong moment. `all`: the same for every role.
"""

from dataclasses import dataclass
from typing import Any

ROLES = {
    "anon": "anonymous",
    "memb": "member",
    "appl": "applicant",
    "r.he": "relay_here",
    "s.he": "stand_in_here",
    "r.el": "relay_elsewhere",
    "o.he": "organiser_here",
    "o.el": "organiser_elsewhere",
    "o.na": "organiser_national",
    "trea": "treasurer",
    "mode": "moderator",
    "dpo": "data_protection_officer",
    "admi": "administrator",
}

API = """
# accounts                                                 anon memb appl r.he s.he r.el o.he o.el o.na trea mode dpo  admi
GET    /api/v1/accounts/me/                                403  200  200  200  200  200  200  200  200  200  200  200  200
PATCH  /api/v1/accounts/me/                                403  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/accounts/appointments/                      403  403  403  403  403  403  403  403  403  403  403  403  200
POST   /api/v1/accounts/appointments/                      403  403  403  403  403  403  403  403  403  403  403  403  201
POST   /api/v1/accounts/appointments/{appointment}/end/    403  403  403  403  403  403  403  403  403  403  403  403  204
GET    /api/v1/accounts/demo/                              all  200
POST   /api/v1/accounts/demo/                              all  404
GET    /api/v1/accounts/auth/browser/v1/config             all  200
GET    /api/v1/accounts/auth/browser/v1/auth/session       401  200  200  200  200  200  200  200  200  200  200  200  200
DELETE /api/v1/accounts/auth/browser/v1/auth/session       all  401
POST   /api/v1/accounts/auth/browser/v1/auth/code/request  401  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/accounts/auth/browser/v1/auth/code/confirm  all  409
POST   /api/v1/accounts/auth/browser/v1/auth/code/resend   all  409
POST   /api/v1/accounts/auth/browser/v1/auth/login         400  400  400  400  400  400  400  400  400  400  400  400  400
POST   /api/v1/accounts/auth/browser/v1/auth/2fa/authenticate   all  401
POST   /api/v1/accounts/auth/browser/v1/auth/2fa/reauthenticate 401  400  400  400  400  400  400  400  400  400  400  400  400
GET    /api/v1/accounts/auth/browser/v1/auth/webauthn/login     all  200
POST   /api/v1/accounts/auth/browser/v1/auth/webauthn/login     all  400
GET    /api/v1/accounts/auth/browser/v1/auth/webauthn/authenticate   all  401
POST   /api/v1/accounts/auth/browser/v1/auth/webauthn/authenticate   all  401
GET    /api/v1/accounts/auth/browser/v1/auth/webauthn/reauthenticate 401  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/accounts/auth/browser/v1/auth/webauthn/reauthenticate 401  400  400  400  400  400  400  400  400  400  400  400  400
GET    /api/v1/accounts/auth/browser/v1/account/authenticators/totp 401  404  404  404  404  404  404  404  404  404  404  404  404
POST   /api/v1/accounts/auth/browser/v1/account/authenticators/totp 401  400  400  400  400  400  400  400  400  400  400  400  400
DELETE /api/v1/accounts/auth/browser/v1/account/authenticators/totp 401  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/accounts/auth/browser/v1/account/authenticators/recovery-codes 401 404 404 404 404 404 404 404 404 404 404 404 404
POST   /api/v1/accounts/auth/browser/v1/account/authenticators/recovery-codes 401 400 400 400 400 400 400 400 400 400 400 400 400
GET    /api/v1/accounts/auth/browser/v1/account/authenticators/webauthn 401  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/accounts/auth/browser/v1/account/authenticators/webauthn 401  400  400  400  400  400  400  400  400  400  400  400  400
PUT    /api/v1/accounts/auth/browser/v1/account/authenticators/webauthn 401  400  400  400  400  400  400  400  400  400  400  400  400
DELETE /api/v1/accounts/auth/browser/v1/account/authenticators/webauthn 401  400  400  400  400  400  400  400  400  400  400  400  400
GET    /api/v1/accounts/security/                          403  200  200  200  200  200  200  200  200  200  200  200  200
PUT    /api/v1/accounts/security/password/                 403  204  204  204  204  204  204  204  204  204  204  204  204
DELETE /api/v1/accounts/security/password/                 403  204  204  204  204  204  204  204  204  204  204  204  204
GET    /api/v1/accounts/sessions/                          403  200  200  200  200  200  200  200  200  200  200  200  200
DELETE /api/v1/accounts/sessions/                          403  204  204  204  204  204  204  204  204  204  204  204  204
DELETE /api/v1/accounts/sessions/{session}/                403  404  404  404  404  404  404  404  404  404  404  404  404
POST   /api/v1/accounts/step-up/                           403  409  409  409  409  409  409  409  409  409  409  409  409
POST   /api/v1/accounts/step-up/code/                      403  204  204  204  204  204  204  204  204  204  204  204  204
POST   /api/v1/accounts/factors/reset/                     403  403  403  403  403  403  403  403  403  403  403  403  204
# territories
GET    /api/v1/territories/areas/ all 200
GET    /api/v1/territories/areas/XM/constituency/0101/ all 200
GET    /api/v1/territories/geocode/?q=3+rue+du+Pont all 503
GET    /api/v1/territories/locate/?lat=1&lon=1 all 404
GET    /api/v1/territories/search/?q=valbrune all 200
GET    /api/v1/territories/sets/ all 200
# people                                                   anon memb appl r.he s.he r.el o.he o.el o.na trea mode dpo  admi
GET    /api/v1/people/                                     403  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/people/count/                               403  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/people/me/                                  403  404  200  200  200  200  200  200  200  404  404  404  404
GET    /api/v1/people/imports/                             403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/people/imports/                             403  403  403  403  403  403  415  415  415  403  403  403  403
GET    /api/v1/people/imports/{import}/                    403  404  404  404  404  404  200  404  404  404  404  404  404
PUT    /api/v1/people/imports/{import}/                    403  404  404  404  404  404  200  404  404  404  404  404  404
DELETE /api/v1/people/imports/{import}/                    403  404  404  404  404  404  204  404  404  404  404  404  404
GET    /api/v1/people/imports/{import}/preview/            403  404  404  404  404  404  200  404  404  404  404  404  404
POST   /api/v1/people/imports/{import}/run/                403  404  404  404  404  404  200  404  404  404  404  404  404
POST   /api/v1/people/imports/{import}/stop/               403  404  404  404  404  404  200  404  404  404  404  404  404
POST   /api/v1/people/imports/{import}/undo/               403  404  404  404  404  404  409  404  404  404  404  404  404
POST   /api/v1/people/imports/{import}/take-over/          403  404  404  404  404  404  200  404  404  404  404  404  404
GET    /api/v1/people/imports/{import}/refused/            403  404  404  404  404  404  200  404  404  404  404  404  404
GET    /api/v1/people/imports/{left_import}/               403  403  404  404  404  404  404  404  404  404  404  404  404
PUT    /api/v1/people/imports/{left_import}/               403  403  404  404  404  404  404  404  404  404  404  404  404
DELETE /api/v1/people/imports/{left_import}/               403  403  404  404  404  404  404  404  404  404  404  404  404
GET    /api/v1/people/imports/{left_import}/preview/       403  403  404  404  404  404  404  404  404  404  404  404  404
POST   /api/v1/people/imports/{left_import}/run/           403  403  404  404  404  404  404  404  404  404  404  404  404
POST   /api/v1/people/imports/{left_import}/stop/          403  403  404  404  404  404  404  404  404  404  404  404  404
POST   /api/v1/people/imports/{left_import}/undo/          403  403  404  404  404  404  404  404  404  404  404  404  404
POST   /api/v1/people/imports/{left_import}/take-over/     403  403  404  404  404  404  200  404  200  404  404  404  404
GET    /api/v1/people/imports/{left_import}/refused/       403  403  404  404  404  404  404  404  404  404  404  404  404
PUT    /api/v1/people/me/given-name/                       403  404  200  200  200  200  200  200  200  404  404  404  404
PUT    /api/v1/people/me/names/                            403  200  200  200  200  200  200  200  200  200  200  200  200
PUT    /api/v1/people/me/place/                            403  404  200  200  200  200  200  200  200  404  404  404  404
POST   /api/v1/people/me/numbers/                          403  404  200  200  200  200  200  200  200  404  404  404  404
POST   /api/v1/people/me/address/                          403  404  202  202  202  202  202  202  202  404  404  404  404
POST   /api/v1/people/me/consents/                         403  404  200  200  200  200  200  200  200  404  404  404  404
GET    /api/v1/people/me/export/                           403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/people/me/erase/                            403  400  400  400  400  400  400  400  400  400  400  400  400
GET    /api/v1/people/me/accesses/                         403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/people/entered/                             403  403  403  201  201  403  201  403  201  403  403  403  403
POST   /api/v1/people/export/                              403  403  403  200  200  200  200  200  200  403  403  403  403
GET    /api/v1/people/views/                               403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/people/views/                               403  201  201  201  201  201  201  201  201  201  201  201  201
DELETE /api/v1/people/views/{view}/                        403  404  404  404  404  404  200  404  404  404  404  404  404
POST   /api/v1/people/views/{view}/restore/                403  404  404  404  404  404  200  404  404  404  404  404  404
POST   /api/v1/people/reasons/                             403  403  403  403  403  403  403  403  403  403  403  201  403
GET    /api/v1/people/reasons/{reason}/people/?q=elodie    403  403  403  403  403  403  403  403  403  403  403  200  403
POST   /api/v1/people/reasons/{reason}/person/             403  403  403  403  403  403  403  403  403  403  403  200  403
GET    /api/v1/people/reasons/{reason}/card/               403  403  403  403  403  403  403  403  403  403  403  200  403
PUT    /api/v1/people/reasons/{reason}/names/              403  403  403  403  403  403  403  403  403  403  403  200  403
PUT    /api/v1/people/reasons/{reason}/place/              403  403  403  403  403  403  403  403  403  403  403  200  403
POST   /api/v1/people/reasons/{reason}/numbers/            403  403  403  403  403  403  403  403  403  403  403  200  403
GET    /api/v1/people/reasons/{reason}/file/               403  403  403  403  403  403  403  403  403  403  403  200  403
POST   /api/v1/people/reasons/{reason}/erase/              403  403  403  403  403  403  403  403  403  403  403  204  403
GET    /api/v1/people/duplicates/                          403  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/people/duplicates/count/                    403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/people/duplicates/told-apart/               403  404  404  404  404  404  201  404  201  404  404  404  404
DELETE /api/v1/people/duplicates/told-apart/{told_apart}/  403  404  404  404  404  404  204  404  204  404  404  404  404
GET    /api/v1/people/merges/                              403  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/people/merges/preview/?kept={twin}&absorbed={other_twin} 403 404 404 404 404 404 200 404 200 404 404 404 404
POST   /api/v1/people/merges/                              403  404  404  404  404  404  201  404  201  404  404  404  404
POST   /api/v1/people/merges/{merge}/undo/                 403  404  404  404  404  404  200  404  200  404  404  404  404
GET    /api/v1/people/organisation/                        403  403  403  403  403  403  403  403  403  403  403  403  200
PUT    /api/v1/people/organisation/                        403  403  403  403  403  403  403  403  403  403  403  403  200
POST   /api/v1/people/organisation/open/                   403  403  403  403  403  403  403  403  403  403  403  403  409
POST   /api/v1/people/organisation/close/                  403  403  403  403  403  403  403  403  403  403  403  403  409
GET    /api/v1/people/charter/                             403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/people/charter/draft/                       403  403  403  403  403  403  403  403  409  403  403  403  409
GET    /api/v1/people/documents/versions/{adopted}/        403  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/people/documents/versions/{proposed}/       403  404  404  200  200  200  200  200  200  404  404  404  200
PATCH  /api/v1/people/documents/versions/{proposed}/       403  404  404  403  403  403  403  403  200  404  404  404  200
POST   /api/v1/people/documents/versions/{proposed}/preview/ 403  404  404  403  403  403  403  403  200  404  404  404  200
POST   /api/v1/people/documents/versions/{proposed}/propose/ 403  404  404  403  403  403  403  403  409  404  404  404  409
POST   /api/v1/people/documents/versions/{proposed}/adopt/   403  404  404  403  403  403  403  403  200  404  404  404  200
POST   /api/v1/people/documents/versions/{proposed}/withdraw/ 403 404  404  403  403  403  403  403  200  404  404  404  200
POST   /api/v1/people/documents/versions/{adopted}/agree/    403  403  200  200  200  200  200  200  200  403  403  403  403
GET    /api/v1/people/documents/versions/{proposed}/comments/ 403 404  404  200  200  200  200  200  200  404  404  404  200
POST   /api/v1/people/documents/versions/{proposed}/comments/ 403 404  404  201  201  201  201  201  201  404  404  404  403
DELETE /api/v1/people/documents/comments/{comment}/          403  404  404  204  404  404  404  404  404  404  404  404  404
POST   /api/v1/people/documents/comments/{comment}/answer/   403  404  404  403  403  403  403  403  200  404  404  404  200
POST   /api/v1/people/documents/versions/{own_words}/retire/ 403 403  403  403  403  403  403  403  200  403  403  403  200
GET    /api/v1/people/wordings/                            403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/people/wordings/relay_ask/draft/            403  403  403  403  403  403  403  403  201  403  403  403  201
GET    /api/v1/people/{person}/                            403  404  404  200  200  404  200  404  200  404  404  404  404
# messaging                                                anon memb appl r.he s.he r.el o.he o.el o.na trea mode dpo  admi
GET    /api/v1/messaging/letters/                          403  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/messaging/letters/{letter}/                 403  404  404  200  200  404  200  404  200  404  404  404  404
POST   /api/v1/messaging/letters/{letter}/passed-on/       403  404  404  200  200  404  200  404  200  404  404  404  404
DELETE /api/v1/messaging/letters/{letter}/passed-on/       403  404  404  200  200  404  200  404  200  404  404  404  404
POST   /api/v1/messaging/stops/                            403  404  404  200  200  404  200  404  200  404  404  404  404
POST   /api/v1/messaging/letters/{stay_letter}/stays/      403  404  404  200  200  404  200  404  200  404  404  404  404
DELETE /api/v1/messaging/letters/{stay_letter}/stays/      403  404  404  200  200  404  200  404  200  404  404  404  404
# advocacy                                                 anon memb appl r.he s.he r.el o.he o.el o.na trea mode dpo  admi
GET    /api/v1/advocacy/office-holders/                    all  200
GET    /api/v1/advocacy/office-holders/{deputy}/           all  200
GET    /api/v1/advocacy/office-holders/{deputy}/standings/ 403  404  404  200  200  404  200  404  200  404  404  404  404
POST   /api/v1/advocacy/office-holders/{deputy}/export/    403  404  404  403  403  404  200  404  200  404  404  404  404
GET    /api/v1/advocacy/office-holders/{deputy}/staff/     403  404  404  200  200  404  200  404  200  404  404  404  404
POST   /api/v1/advocacy/office-holders/{deputy}/staff/     403  404  404  201  201  404  201  404  201  404  404  404  404
DELETE /api/v1/advocacy/staff/{staff}/                     403  404  404  204  204  404  204  404  204  404  404  404  404
GET    /api/v1/advocacy/subjects/                          403  404  404  200  200  200  200  200  200  404  404  404  404
POST   /api/v1/advocacy/subjects/                          403  404  404  403  403  403  403  403  201  404  404  404  404
PATCH  /api/v1/advocacy/subjects/{subject}/                403  404  404  403  403  403  403  403  200  404  404  404  404
POST   /api/v1/advocacy/subjects/{subject}/close/          403  404  404  403  403  403  403  403  200  404  404  404  404
GET    /api/v1/advocacy/subjects/{subject}/ledger/         403  404  404  404  404  404  200  200  200  404  404  404  404
GET    /api/v1/advocacy/subjects/{subject}/votes/          403  404  404  404  404  404  200  200  200  404  404  404  404
POST   /api/v1/advocacy/subjects/{subject}/votes/export/   403  404  404  404  404  404  200  200  200  404  404  404  404
GET    /api/v1/advocacy/register/                          403  404  404  404  404  404  403  403  200  404  404  404  404
GET    /api/v1/advocacy/register/export/                   403  404  404  404  404  404  403  403  200  404  404  404  404
GET    /api/v1/advocacy/answer-questions/                  403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/advocacy/answer-questions/{answer_question}/answer/ 403 404 404 204 404 404 404 404  404  404  404  404  404
GET    /api/v1/advocacy/response-rates/                    all  200
GET    /api/v1/advocacy/roll-calls/                        403  404  404  404  404  404  200  200  200  404  404  404  404
POST   /api/v1/advocacy/roll-calls/{roll_call}/tie/        403  404  404  404  404  404  403  403  200  404  404  404  404
DELETE /api/v1/advocacy/roll-calls/{roll_call}/tie/        403  404  404  404  404  404  403  403  200  404  404  404  404
GET    /api/v1/advocacy/positions/                         403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/advocacy/positions/                         403  404  404  201  201  404  201  404  201  404  404  404  404
POST   /api/v1/advocacy/positions/{position}/dispute/      403  404  404  200  200  404  200  404  403  404  404  404  404
POST   /api/v1/advocacy/positions/{position}/undo/         403  404  404  403  403  404  200  404  200  404  404  404  404
POST   /api/v1/advocacy/positions/{disputed}/settle/       403  404  404  403  403  404  200  404  200  404  404  404  404
GET    /api/v1/advocacy/contacts/                          403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/advocacy/contacts/                          403  404  404  201  201  404  201  404  201  404  404  404  404
PATCH  /api/v1/advocacy/contacts/{contact}/                403  404  404  200  403  404  403  404  403  404  404  404  404
DELETE /api/v1/advocacy/contacts/{contact}/                403  404  404  204  403  404  403  404  403  404  404  404  404
POST   /api/v1/advocacy/contacts/{contact}/steps/          403  404  404  201  201  404  201  404  201  404  404  404  404
# relays                                                   anon memb appl r.he s.he r.el o.he o.el o.na trea mode dpo  admi
GET    /api/v1/relays/networks/                            all  200
POST   /api/v1/relays/networks/                            403  403  403  403  403  403  403  403  403  403  403  403  409
GET    /api/v1/relays/networks/{network}/                  all  200
GET    /api/v1/relays/networks/{network}/coverage/         all  200
GET    /api/v1/relays/networks/{network}/seats/            all  200
GET    /api/v1/relays/seats/{seat}/                        all  200
GET    /api/v1/relays/seats/{seat}/counterparts/           403  403  403  200  200  403  200  403  200  403  403  403  403
GET    /api/v1/relays/photo/                               403  404  200  200  200  200  200  200  200  404  404  404  404
PUT    /api/v1/relays/photo/                               403  404  403  400  400  400  403  403  403  404  404  404  404
DELETE /api/v1/relays/photo/                               403  404  200  200  200  200  200  200  200  404  404  404  404
GET    /api/v1/relays/welcome/                             403  404  200  200  200  200  200  200  200  404  404  404  404
PUT    /api/v1/relays/welcome/                             403  404  403  403  403  403  400  400  400  404  404  404  404
DELETE /api/v1/relays/welcome/                             403  404  200  200  200  200  200  200  200  404  404  404  404
GET    /api/v1/relays/companions/                          403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/relays/companions/                          403  404  404  409  404  404  404  404  404  404  404  404  404
POST   /api/v1/relays/companions/{companion}/answer/       403  404  404  404  404  200  404  404  404  404  404  404  404
POST   /api/v1/relays/companions/{pair}/end/               403  404  404  404  404  200  404  404  404  404  404  404  404
GET    /api/v1/relays/newcomers/                           403  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/relays/newcomers/{newcomer}/                403  404  404  404  404  404  404  200  200  404  404  404  404
POST   /api/v1/relays/newcomers/{newcomer}/                403  404  404  404  404  404  404  400  400  404  404  404  404
GET    /api/v1/relays/calls/                               403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/relays/calls/{call}/done/                   403  404  404  404  404  204  404  204  204  404  404  404  404
GET    /api/v1/relays/quiet/                               403  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/relays/applications/                        403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/relays/applications/                        all  202
POST   /api/v1/relays/applications/confirm/                all  200
POST   /api/v1/relays/applications/withdraw/               all  204
POST   /api/v1/relays/applications/entered/                403  403  403  403  403  403  201  403  201  403  403  403  403
GET    /api/v1/relays/applications/held/                   403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/relays/applications/held/release/           403  403  403  403  403  403  200  403  200  403  403  403  403
POST   /api/v1/relays/applications/held/decline/           403  403  403  403  403  403  200  403  200  403  403  403  403
GET    /api/v1/relays/applications/{application}/          403  404  200  404  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/applications/{application}/contact/  403  404  403  404  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/applications/{application}/approve/  403  404  403  404  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/applications/{application}/decline/  403  404  403  404  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/applications/{application}/withdraw/ 403  404  200  404  404  404  403  404  403  404  404  404  404
GET    /api/v1/relays/applications/{application}/readiness/     403 404 200 404 404 404 200 404 200 404 404 404 404
POST   /api/v1/relays/applications/{application}/charter/send/  403 404 403 404 404 404 409 404 409 404 404 404 404
POST   /api/v1/relays/applications/{application}/charter/paper/ 403 404 403 404 404 404 200 404 200 404 404 404 404
POST   /api/v1/relays/applications/{application}/qualifications/ 403 404 403 404 404 404 200 404 200 404 404 404 404
DELETE /api/v1/relays/applications/{application}/qualifications/{qualification}/ 403 404 403 404 404 404 200 404 200 404 404 404 404
GET    /api/v1/relays/networks/{network}/qualifications/   all  200
POST   /api/v1/relays/networks/{network}/qualifications/   403  403  403  403  403  403  403  403  200  403  403  403  200
DELETE /api/v1/relays/networks/{network}/qualifications/premiers-pas/ 403 403 403 403 403 403 403 403 200 403 403 403 200
GET    /api/v1/relays/charter/missing/                     403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/relays/terms/{term}/charter/paper/          403  404  404  403  404  404  200  404  200  404  404  404  404
GET    /api/v1/relays/terms/{term}/readiness/              403  404  404  200  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/terms/{term}/qualifications/         403  404  404  403  404  404  200  404  200  404  404  404  404
DELETE /api/v1/relays/terms/{term}/qualifications/{learnt}/ 403 404  404  403  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/charter/remind/                      403  403  403  403  403  403  409  409  409  403  403  403  403
GET    /api/v1/relays/filling/?network={network}            403  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/relays/filling/count/?network={network}      403  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/relays/filling/export/?network={network}     403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/relays/filling/spread/                       403  404  404  404  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/filling/spread/ask/                   403  404  404  404  404  404  201  404  201  404  404  404  404
GET    /api/v1/relays/filling/{vacant_seat}/                403  404  404  404  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/filling/{vacant_seat}/take-on/        403  404  404  404  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/filling/{vacant_seat}/let-go/         403  404  404  404  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/filling/{vacant_seat}/hand-on/        403  404  404  404  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/filling/{vacant_seat}/snooze/         403  404  404  404  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/filling/{vacant_seat}/plan/           403  404  404  404  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/filling/{vacant_seat}/steps/          403  404  404  404  404  404  201  404  201  404  404  404  404
DELETE /api/v1/relays/filling/{vacant_seat}/steps/{step}/   403  404  404  404  404  404  204  404  403  404  404  404  404
GET    /api/v1/relays/filling/{vacant_seat}/volunteers/     403  404  404  404  404  404  200  404  200  404  404  404  404
GET    /api/v1/relays/filling/{vacant_seat}/neighbours/     403  404  404  404  404  404  200  404  200  404  404  404  404
GET /api/v1/relays/filling/{vacant_seat}/letter/?kind=volunteer&person={volunteer} 403 404 404 404 404 404 200 404 200 404 404 404 404
POST   /api/v1/relays/filling/{vacant_seat}/ask/            403  404  404  404  404  404  201  404  201  404  404  404  404
GET    /api/v1/relays/asks/mine/                            403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/relays/asks/{own_ask}/answer/                403  404  404  200  404  404  404  404  404  404  404  404  404
POST   /api/v1/relays/asks/{new_ask}/take-back/             403  404  404  404  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/asks/{agreed_ask}/confirm/            403  404  404  404  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/asks/{agreed_ask}/set-aside/          403  404  404  404  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/terms/{term}/pause/                  403  404  404  200  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/terms/{term}/resume/                 403  404  404  200  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/terms/{term}/end/                    403  404  404  200  404  404  200  404  200  404  404  404  404
GET    /api/v1/relays/today/                               403  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/relays/terms/mine/                          403  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/relays/terms/{term}/hand-over/              403  404  404  200  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/terms/{term}/hand-over/              403  404  404  409  404  404  409  404  409  404  404  404  404
GET    /api/v1/relays/hand-overs/                          403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/relays/hand-overs/{hand_over}/take-back/    403  404  404  200  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/hand-overs/{hand_over}/complete/     403  404  404  403  404  404  200  404  200  404  404  404  404
POST   /api/v1/relays/hand-overs/{hand_over}/notes/        403  404  404  200  404  404  403  404  403  404  404  404  404
GET    /api/v1/relays/seats/{seat}/dossier/                403  404  404  200  200  404  200  404  200  404  404  404  404
GET    /api/v1/relays/seats/{seat}/notes/                  403  404  404  200  200  404  200  404  200  404  404  404  404
POST   /api/v1/relays/seats/{seat}/notes/                  403  404  404  201  201  404  403  404  403  404  404  404  404
GET    /api/v1/relays/notes/                               403  200  200  200  200  200  200  200  200  200  200  200  200
PATCH  /api/v1/relays/notes/{note}/                        403  404  404  200  404  404  404  404  404  404  404  404  404
DELETE /api/v1/relays/notes/{note}/                        403  404  404  204  404  404  404  404  404  404  404  404  404
POST   /api/v1/relays/notes/{note}/tick/                   403  404  404  200  404  404  404  404  404  404  404  404  404
GET    /api/v1/relays/conversations/                       403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/relays/conversations/{conversation}/answer/ 403  404  404  200  404  404  403  404  403  404  404  404  404
POST   /api/v1/relays/conversations/{conversation}/end/    403  404  404  200  404  404  403  404  403  404  404  404  404
POST   /api/v1/relays/conversations/{conversation}/block/  403  404  404  200  404  404  200  404  200  404  404  404  404
DELETE /api/v1/relays/conversations/{conversation}/block/  403  404  404  200  404  404  200  404  200  404  404  404  404
GET    /api/v1/relays/concerns/                            403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/relays/concerns/                            403  404  201  201  201  201  201  201  201  404  404  404  404
GET    /api/v1/relays/concerns/mine/                       403  404  200  200  200  200  200  200  200  404  404  404  404
POST   /api/v1/relays/concerns/{concern}/take-up/          403  404  404  404  404  404  404  404  200  404  404  404  404
POST   /api/v1/relays/concerns/{concern}/close/            403  404  404  404  404  404  404  404  403  404  404  404  404
GET    /api/v1/relays/safety-contacts/                     403  403  403  403  403  403  403  403  403  403  403  403  200
PUT    /api/v1/relays/safety-contacts/                     403  403  403  403  403  403  403  403  403  403  403  403  200
# actions                                                  anon memb appl r.he s.he r.el o.he o.el o.na trea mode dpo  admi
GET    /api/v1/actions/                                    403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/actions/                                    403  403  403  403  403  403  403  403  201  403  403  403  403
GET    /api/v1/actions/blocks/                             403  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/actions/{draft}/                            403  404  404  404  404  404  404  404  200  404  404  404  404
GET    /api/v1/actions/{launched}/                         403  404  404  200  404  200  200  200  200  404  404  404  404
PATCH  /api/v1/actions/{draft}/                            403  404  404  404  404  404  404  404  200  404  404  404  404
GET    /api/v1/actions/calendar/                           403  403  403  403  403  403  200  200  200  403  403  403  403
POST   /api/v1/actions/calendar/                           403  403  403  403  403  403  201  403  201  403  403  403  403
GET    /api/v1/actions/calendar/file/                      403  403  403  403  403  403  200  200  200  403  403  403  403
POST   /api/v1/actions/calendar/file/                      403  403  403  403  403  403  400  400  400  403  403  403  403
PUT    /api/v1/actions/calendar/{calendar_window}/         403  403  403  403  403  403  200  403  200  403  403  403  403
DELETE /api/v1/actions/calendar/{calendar_window}/         403  403  403  403  403  403  204  403  204  403  403  403  403
GET    /api/v1/actions/{draft}/clashes/                    403  404  404  404  404  404  404  404  200  404  404  404  404
GET    /api/v1/actions/{draft}/preview/                    403  404  404  404  404  404  404  404  200  404  404  404  404
POST   /api/v1/actions/{draft}/preview/                    403  404  404  404  404  404  404  404  200  404  404  404  404
GET    /api/v1/actions/{launched}/seats/                   403  404  404  403  404  403  200  200  200  404  404  404  404
GET    /api/v1/actions/{draft}/rehearsals/                 403  404  404  404  404  404  404  404  200  404  404  404  404
POST   /api/v1/actions/{draft}/rehearsals/                 403  404  404  404  404  404  404  404  201  404  404  404  404
GET    /api/v1/actions/{launched}/paragraphs/              403  404  404  403  404  403  200  200  200  404  404  404  404
PUT    /api/v1/actions/{launched}/paragraphs/              403  404  404  403  404  403  200  403  200  404  404  404  404
DELETE /api/v1/actions/{launched}/paragraphs/{paragraph}/?version=1 403  404  404  403  404  403  200  404  200  404  404  404  404
POST   /api/v1/actions/{draft}/launch/                     403  404  404  404  404  404  404  404  200  404  404  404  404
PUT    /api/v1/actions/{draft}/schedule/                   403  404  404  404  404  404  404  404  409  404  404  404  404
DELETE /api/v1/actions/{draft}/schedule/                   403  404  404  404  404  404  404  404  200  404  404  404  404
GET    /api/v1/actions/{draft}/launch-requests/            403  404  404  404  404  404  404  404  200  404  404  404  404
POST   /api/v1/actions/{draft}/launch-requests/            403  404  404  404  404  404  404  404  409  404  404  404  404
POST   /api/v1/actions/{draft}/launch-requests/{launch_request}/agree/ 403  404  404  404  404  404  404  404  403  404  404  404  404
POST   /api/v1/actions/{draft}/launch-requests/{launch_request}/refuse/ 403  404  404  404  404  404  404  404  403  404  404  404  404
POST   /api/v1/actions/{draft}/launch-requests/{launch_request}/withdraw/ 403  404  404  404  404  404  404  404  200  404  404  404  404
GET    /api/v1/actions/{launched}/corrections/             403  404  404  403  404  403  403  403  200  404  404  404  404
POST   /api/v1/actions/{launched}/corrections/             403  404  404  403  404  403  403  403  201  404  404  404  404
POST   /api/v1/actions/{launched}/corrections/{correction}/undo/ 403  404  404  403  404  403  403  403  200  404  404  404  404
POST   /api/v1/actions/{launched}/stop/                    403  404  404  403  404  403  403  403  200  404  404  404  404
GET    /api/v1/actions/{launched}/board/                   403  404  404  403  404  403  200  200  200  404  404  404  404
POST   /api/v1/actions/{launched}/board/export/            403  404  404  403  404  403  200  200  200  404  404  404  404
GET    /api/v1/actions/{launched}/board/{assignment}/      403  404  404  403  404  403  200  404  200  404  404  404  404
GET    /api/v1/actions/{launched}/steps/                   403  404  404  403  404  403  200  200  200  404  404  404  404
POST   /api/v1/actions/{launched}/steps/                   403  404  404  403  404  403  201  404  201  404  404  404  404
POST   /api/v1/actions/{launched}/steps/preview/           403  404  404  403  404  403  200  404  200  404  404  404  404
POST   /api/v1/actions/{launched}/steps/{board_step}/undo/ 403  404  404  403  404  403  200  404  200  404  404  404  404
GET    /api/v1/actions/take-overs/                         403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/actions/take-overs/{take_over}/accept/      403  404  404  404  404  200  404  404  404  404  404  404  404
POST   /api/v1/actions/take-overs/{take_over}/decline/     403  404  404  404  404  200  404  404  404  404  404  404  404
GET    /api/v1/actions/assignments/                        403  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/actions/assignments/{assignment}/           403  404  404  200  404  404  200  404  200  404  404  404  404
POST   /api/v1/actions/assignments/{assignment}/accept/    403  404  404  200  404  404  403  404  403  404  404  404  404
POST   /api/v1/actions/assignments/{assignment}/decline/   403  404  404  200  404  404  403  404  403  404  404  404  404
POST   /api/v1/actions/assignments/{assignment}/block/     403  404  404  200  404  404  403  404  403  404  404  404  404
POST   /api/v1/actions/assignments/{assignment}/report/    403  404  404  200  404  404  403  404  403  404  404  404  404
GET    /api/v1/actions/assignments/{assignment}/report/photo/  403  404  404  200  404  404  200  404  200  404  404  404  404
DELETE /api/v1/actions/assignments/{assignment}/report/photo/  403  404  404  204  404  404  204  404  204  404  404  404  404
# insights                                                 anon memb appl r.he s.he r.el o.he o.el o.na trea mode dpo  admi
GET    /api/v1/insights/networks/{network}/progress/       all  200
GET    /api/v1/insights/networks/{network}/progress/export/ all 200
PUT    /api/v1/insights/networks/{network}/target/         403  403  403  403  403  403  403  403  200  403  403  403  403
GET    /api/v1/insights/networks/{network}/fairness/       all  200
GET    /api/v1/insights/networks/{network}/fairness/export/ all 200
GET    /api/v1/insights/networks/{network}/territories/    403  403  403  403  403  403  200  200  200  403  403  403  403
GET    /api/v1/insights/networks/{network}/territories/export/ 403 403 403 403 403 403 200 200 200 403 403 403 403
GET    /api/v1/insights/networks/{network}/organisers/     403  403  403  403  403  403  200  200  200  403  403  403  403
POST   /api/v1/insights/networks/{network}/organisers/export/ 403 403 403 403 403 403 200 200 200 403 403 403 403
GET    /api/v1/insights/networks/{network}/relays/         403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/insights/networks/{network}/relays/export/  403  403  403  403  403  403  200  200  200  403  403  403  403
# fundraising                                              anon memb appl r.he s.he r.el o.he o.el o.na trea mode dpo  admi
POST   /api/v1/fundraising/funds/{fund}/donations/         all  400
POST   /api/v1/fundraising/funds/{fund}/allowance/         all  400
GET    /api/v1/fundraising/excesses/                       403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/excesses/{excess}/authorise/    403  403  403  403  403  403  403  403  403  400  403  403  403
POST   /api/v1/fundraising/excesses/{excess}/dismiss/      403  403  403  403  403  403  403  403  403  400  403  403  403
POST   /api/v1/fundraising/excesses/{excess}/undo/         403  403  403  403  403  403  403  403  403  204  403  403  403
GET    /api/v1/fundraising/near-identities/                403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/near-identities/{near}/decide/  403  403  403  403  403  403  403  403  403  400  403  403  403
POST   /api/v1/fundraising/proofs/                         all  400
POST   /api/v1/fundraising/proofs/confirm/                 all  400
POST   /api/v1/fundraising/proofs/session/                 403  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/fundraising/dashboards/                     403  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/fundraising/funds/{fund}/dashboard/         403  403  403  403  403  403  403  403  403  200  403  403  403
PUT    /api/v1/fundraising/funds/{fund}/dashboard/threshold/ 403 403 403 403 403  403  403  403  403  400  403  403  403
GET    /api/v1/fundraising/funds/{fund}/dashboard/places/  403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/funds/{fund}/dashboard/places/export/ 403 403 403 403 403 403 403 403 403 200 403 403 403
GET    /api/v1/fundraising/funds/{fund}/dashboard/sources/ 403  403  403  403  403  403  403  403  403  200  403  403  403
GET    /api/v1/fundraising/funds/{fund}/dashboard/monthly/ 403  403  403  403  403  403  403  403  403  200  403  403  403
GET    /api/v1/fundraising/funds/{fund}/months/            403  403  403  403  403  403  200  200  200  200  403  403  403
GET    /api/v1/fundraising/donations/{donation_token}/     all  200
POST   /api/v1/fundraising/donations/{donation_token}/     all  200
POST   /api/v1/fundraising/donations/{donation_token}/pay/ all  400
GET    /api/v1/fundraising/funds/{fund}/batches/           403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/funds/{fund}/batches/           403  403  403  403  403  403  403  403  403  201  403  403  403
GET    /api/v1/fundraising/batches/{batch}/                403  403  403  403  403  403  403  403  403  200  403  403  403
PUT    /api/v1/fundraising/batches/{batch}/                403  403  403  403  403  403  403  403  403  200  403  403  403
DELETE /api/v1/fundraising/batches/{batch}/                403  403  403  403  403  403  403  403  403  204  403  403  403
POST   /api/v1/fundraising/batches/{batch}/deposit/        403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/batches/{batch}/import/         403  403  403  403  403  403  403  403  403  400  403  403  403
POST   /api/v1/fundraising/batches/{batch}/rows/           403  403  403  403  403  403  403  403  403  201  403  403  403
PUT    /api/v1/fundraising/batches/{batch}/rows/{batch_row}/ 403  403  403  403  403  403  403  403  403  200  403  403  403
DELETE /api/v1/fundraising/batches/{batch}/rows/{batch_row}/ 403  403  403  403  403  403  403  403  403  204  403  403  403
POST   /api/v1/fundraising/batches/{batch}/rows/{batch_row}/cancel/ 403  403  403  403  403  403  403  403  403  409  403  403  403
GET    /api/v1/fundraising/funds/                          403  403  403  403  403  403  403  403  403  403  403  403  200
POST   /api/v1/fundraising/funds/                          403  403  403  403  403  403  403  403  403  403  403  403  201
PUT    /api/v1/fundraising/funds/{fund}/                   403  403  403  403  403  403  403  403  403  403  403  403  200
PUT    /api/v1/fundraising/funds/{fund}/texts/fr/          403  403  403  403  403  403  403  403  403  403  403  403  200
POST   /api/v1/fundraising/funds/{fund}/envelopes/         403  403  403  403  403  403  403  403  403  403  403  403  201
POST   /api/v1/fundraising/funds/{fund}/publish/           403  403  403  403  403  403  403  403  403  403  403  403  200
POST   /api/v1/fundraising/funds/{fund}/close/             403  403  403  403  403  403  403  403  403  403  403  403  200
POST   /api/v1/fundraising/funds/{fund}/reopen/            403  403  403  403  403  403  403  403  403  403  403  403  200
GET    /api/v1/fundraising/mine/                           403  200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/v1/fundraising/mine/donations/                 403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/fundraising/mine/asked/{donor}/             403  404  404  404  404  404  404  404  404  404  404  404  404
GET    /api/v1/fundraising/pages/                          403  200  200  200  200  200  200  200  200  200  200  200  200
POST   /api/v1/fundraising/pages/                          403  409  201  201  201  201  201  201  201  409  409  409  409
GET    /api/v1/fundraising/moderation/                     403  403  403  403  403  403  403  403  403  403  200  403  403
POST   /api/v1/fundraising/moderation/pages/{campaign}/    403  403  403  403  403  403  403  403  403  403  200  403  403
POST   /api/v1/fundraising/moderation/messages/{page_message}/ 403  403  403  403  403  403  403  403  403  403  200  403  403
GET    /api/v1/fundraising/treasury/                       403  403  403  403  403  403  403  403  403  200  403  403  403
GET    /api/v1/fundraising/treasury/{fund}/monthly/        403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/treasury/monthly/{monthly}/stop/ 403  403  403  403  403  403  403  403  403  200  403  403  403
GET    /api/v1/fundraising/treasury/{fund}/donations/      403  403  403  403  403  403  403  403  403  200  403  403  403
GET    /api/v1/fundraising/treasury/{fund}/donations/count/ 403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/treasury/{fund}/donations/file/ 403  403  403  403  403  403  403  403  403  200  403  403  403
GET    /api/v1/fundraising/treasury/donations/{donation}/  403  403  403  403  403  403  403  403  403  200  403  403  403
GET    /api/v1/fundraising/treasury/{fund}/money/                      403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/treasury/{fund}/reconcile/                  403  403  403  403  403  403  403  403  403  503  403  403  403
GET    /api/v1/fundraising/treasury/{fund}/differences/                403  403  403  403  403  403  403  403  403  200  403  403  403
GET    /api/v1/fundraising/treasury/{fund}/disputes/                   403  403  403  403  403  403  403  403  403  200  403  403  403
GET    /api/v1/fundraising/treasury/{fund}/held/                       403  403  403  403  403  403  403  403  403  200  403  403  403
GET    /api/v1/fundraising/treasury/{fund}/payouts/                    403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/treasury/{fund}/new-cards/open/             403  403  403  403  403  403  403  403  403  204  403  403  403
POST   /api/v1/fundraising/treasury/differences/{difference}/explain/  403  403  403  403  403  403  403  403  403  204  403  403  403
POST   /api/v1/fundraising/treasury/disputes/{dispute}/answer/         403  403  403  403  403  403  403  403  403  409  403  403  403
GET    /api/v1/fundraising/treasury/payouts/{payout}/                  403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/treasury/donations/{donation}/take/         403  403  403  403  403  403  403  403  403  409  403  403  403
POST   /api/v1/fundraising/treasury/donations/{donation}/refuse/       403  403  403  403  403  403  403  403  403  409  403  403  403
POST   /api/v1/fundraising/treasury/donations/{donation}/given-back/   403  403  403  403  403  403  403  403  403  400  403  403  403
GET    /api/v1/fundraising/treasury/donations/{donation}/donor/        403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/treasury/donations/{donation}/donor/correct/ 403  403  403  403  403  403  403  403  403  204  403  403  403
GET    /api/v1/fundraising/treasury/donations/{receipted}/receipt/     403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/treasury/receipts/{receipt}/cancel/         403  403  403  403  403  403  403  403  403  204  403  403  403
POST   /api/v1/fundraising/treasury/donations/{donation}/authorisations/ 403  403  403  403  403  403  403  403  403  201  403  403  403
GET    /api/v1/fundraising/funds/{fund}/bank/              403  403  403  403  403  403  403  403  403  200  403  403  403
GET    /api/v1/fundraising/funds/{fund}/bank/entries/      403  403  403  403  403  403  403  403  403  200  403  403  403
GET    /api/v1/fundraising/funds/{fund}/bank/lines/        403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/funds/{fund}/bank/match-sure/   403  403  403  403  403  403  403  403  403  200  403  403  403
GET    /api/v1/fundraising/funds/{fund}/bank/statements/   403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/funds/{fund}/bank/statements/   403  403  403  403  403  403  403  403  403  400  403  403  403
POST   /api/v1/fundraising/bank-lines/{bank_line}/match/   403  403  403  403  403  403  403  403  403  400  403  403  403
POST   /api/v1/fundraising/bank-lines/{bank_line}/set-aside/ 403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/bank-lines/{bank_line}/undo/    403  403  403  403  403  403  403  403  403  200  403  403  403
GET    /api/v1/fundraising/treasury/{fund}/books/          403  403  403  403  403  403  403  403  403  200  403  403  403
GET    /api/v1/fundraising/treasury/{fund}/books/entries/  403  403  403  403  403  403  403  403  403  200  403  403  403
GET    /api/v1/fundraising/treasury/{fund}/books/entries/1/ 403  403  403  403  403  403  403  403  403  404  403  403  403
GET    /api/v1/fundraising/treasury/{fund}/books/2025/closing/ 403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/treasury/{fund}/books/2025/close/ 403  403  403  403  403  403  403  403  403  409  403  403  403
GET    /api/v1/fundraising/treasury/{fund}/books/2025/files/ 403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/treasury/{fund}/books/2025/files/fec/ 403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/treasury/{fund}/books/2025/files/entries/ 403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/treasury/{fund}/books/2025/files/donors/ 403  403  403  403  403  403  403  403  403  200  403  403  403
GET    /api/v1/fundraising/treasury/{fund}/books/2025/receipts/ 403  403  403  403  403  403  403  403  403  200  403  403  403
POST   /api/v1/fundraising/treasury/{fund}/books/2025/receipts/numbers/ 403  403  403  403  403  403  403  403  403  400  403  403  403
POST   /api/v1/fundraising/treasury/donor-files/{donor_file}/sent/ 403  403  403  403  403  403  403  403  403  400  403  403  403
POST   /api/v1/fundraising/treasury/donor-files/{donor_file}/undo/ 403  403  403  403  403  403  403  403  403  200  403  403  403
# the roof                                                 anon memb appl r.he s.he r.el o.he o.el o.na trea mode dpo  admi
GET    /api/v1/schema/                                     all  200
"""

PAGES = """
# pages                                            anon memb appl r.he s.he r.el o.he o.el o.na trea mode dpo  admi
GET    /healthz                                    all  200
GET    /readyz                                     all  503
GET    /app/                                       all  200
GET    /app/anything/below                         all  200
POST   /webhooks/stripe/nobody/                    all  404
GET    /robots.txt                                 all  200
GET    /sitemap.xml                                all  200
GET    /maps/nothing/constituency.svg              all  404
GET    /tiles/nothing/constituency/0/0/0.mvt       all  404
GET    /fr/                                        all  200
GET    /fr/places/                                 all  200
POST   /fr/places/street/                          all  400
GET    /fr/places/0101/                            all  200
GET    /fr/progress/                               all  200
GET    /fr/actions/{launched}/                     all  200
GET    /fr/sign-in/                                200  302  302  302  302  302  302  302  302  302  302  302  302
POST   /fr/sign-in/                                200  302  302  302  302  302  302  302  302  302  302  302  302
GET    /fr/sign-in/code/                           all  302
POST   /fr/sign-in/code/                           all  302
GET    /fr/sign-in/second-factor/                  all  302
POST   /fr/sign-in/second-factor/                  all  302
POST   /fr/sign-in/demo/                           all  404
GET    /fr/privacy/                                all  200
GET    /fr/legal/                                  all  200
GET    /fr/mail/unsubscribe/{stop_token}/          all  200
POST   /fr/mail/unsubscribe/{stop_token}/          all  200
GET    /fr/mail/address/{entered_token}/           all  200
POST   /fr/mail/address/{entered_token}/           all  200
GET    /fr/mail/joined/{joined_token}/             all  200
POST   /fr/mail/joined/{joined_token}/             all  200
GET    /fr/mail/new-address/{new_address_token}/    all  200
POST   /fr/mail/new-address/{new_address_token}/    all  200
GET    /fr/mail/former-address/{former_address_token}/ all  200
POST   /fr/mail/former-address/{former_address_token}/ all  200
GET    /fr/mail/stay/{stay_token}/                 all  200
POST   /fr/mail/stay/{stay_token}/                 all  200
GET    /fr/places/0101/paper/                      all  200
GET    /fr/mail/choices/                           all  200
POST   /fr/mail/choices/                           all  200
GET    /fr/mail/choices/{preferences_token}/       all  200
POST   /fr/mail/choices/{preferences_token}/       all  302
GET    /fr/mail/data/{own_data_token}/             all  200
POST   /fr/mail/data/{own_data_token}/             all  400
GET    /fr/mail/data/{own_data_token}/file/        all  200
GET    /fr/relays/apply/confirm/{confirm_token}/   all  200
POST   /fr/relays/apply/confirm/{confirm_token}/   all  302
GET    /fr/relays/apply/withdraw/{withdraw_token}/ all  200
POST   /fr/relays/apply/withdraw/{withdraw_token}/ all  302
GET    /fr/relays/still-here/{still_here_token}/   all  200
GET    /fr/advocacy/answered/{answered_token}/     all  200
POST   /fr/advocacy/answered/{answered_token}/     all  302
POST   /fr/relays/still-here/{still_here_token}/   all  302
GET    /fr/relays/apply/missed/{missed_token}/     all  200
POST   /fr/relays/apply/missed/{missed_token}/     all  302
GET    /fr/charter/                                all  200
GET    /fr/charter/1/                              all  200
GET    /fr/charter/paper/                          all  200
GET    /fr/wordings/                               all  200
GET    /fr/relays/charter/{charter_token}/         all  200
POST   /fr/relays/charter/{charter_token}/         all  302
GET    /fr/relays/wrong/0104/                      all  200
POST   /fr/relays/wrong/0104/                      all  400
GET    /fr/relays/wrong/0104/told/                 all  200
GET    /fr/mail/told/{told_token}/                 all  200
POST   /fr/mail/told/{told_token}/                 all  400
GET    /fr/relays/write/0104/                      all  200
POST   /fr/relays/write/0104/                      all  400
GET    /fr/relays/write/0104/sent/                 all  200
GET    /fr/relays/write/confirm/{write_token}/     all  200
POST   /fr/relays/write/confirm/{write_token}/     all  302
GET    /fr/relays/join/0104/                       all  200
POST   /fr/relays/join/0104/                       all  400
GET    /fr/relays/join/0104/sent/                  all  200
GET    /fr/relays/join/confirm/{join_token}/       all  200
POST   /fr/relays/join/confirm/{join_token}/       all  302
GET    /fr/relays/conversation/{conversation_token}/       all  200
POST   /fr/relays/conversation/{conversation_token}/       all  400
GET    /fr/relays/conversation/{conversation_token}/wrong/ all  200
POST   /fr/relays/conversation/{conversation_token}/wrong/ all  400
GET    /fr/what-a-relay-does/                      all  200
GET    /fr/relays/asked/{asked_token}/             all  200
POST   /fr/relays/asked/{asked_token}/             all  302
GET    /fr/places/0104/poster/                     all  200
GET    /fr/relays/apply/0104/                      all  200
POST   /fr/relays/apply/0104/                      all  400
GET    /fr/relays/apply/0104/sent/                 all  200
GET    /fr/money/                                  all  200
GET    /fr/give/                                   all  200
GET    /fr/give/{fund}/                            all  200
GET    /fr/give/thanks/{donation_token}/           all  200
POST   /fr/give/thanks/{donation_token}/           all  409
GET    /fr/give/address/{donor_address_token}/     all  200
POST   /fr/give/address/{donor_address_token}/     all  302
GET    /embed/give/{fund}/                         all  200
GET    /fr/give/receipt/{receipt_token}/           all  200
GET    /fr/give/year/{year_token}/                 all  200
GET    /fr/monthly/{monthly_token}/                all  200
POST   /fr/monthly/{monthly_token}/                all  302
GET    /fr/monthly-undo/{monthly_undo_token}/      all  200
POST   /fr/monthly-undo/{monthly_undo_token}/      all  302
GET    /fr/monthly-confirm/{monthly_confirm_token}/ all 200
POST   /fr/monthly-confirm/{monthly_confirm_token}/ all 302
GET    /fr/a/{answer_token}/                       all  200
POST   /fr/a/{answer_token}/                       all  400
GET    /fr/rehearsal/{rehearsal_token}/             all  200
POST   /fr/rehearsal/{rehearsal_token}/             all  409
GET    /fr/take-over/{take_over_token}/            all  200
POST   /fr/take-over/{take_over_token}/            all  400
GET    /fr/brief/{paper_token}/paper/              all  200
GET    /photos/{photo}.jpg                         all  200
GET    /photos/pages/{page_photo}.jpg              all  200
GET    /fr/give/{fund}/open/                       all  200
POST   /fr/give/{fund}/open/                       all  400
GET    /fr/give/{fund}/asked/                      all  200
GET    /fr/give/p/{campaign}/                      all  200
GET    /fr/give/p/{campaign}/poster/               all  200
GET    /fr/give/p/{campaign}/report/               all  200
POST   /fr/give/p/{campaign}/report/               all  400
GET    /fr/give/p/{campaign}/reported/             all  200
GET    /fr/give/p/confirm/{page_open_token}/       all  200
POST   /fr/give/p/confirm/{page_open_token}/       all  302
GET    /fr/give/p/mine/{page_token}/               all  200
POST   /fr/give/p/mine/{page_token}/               all  400
GET    /fr/give/p/notes/{page_notes_token}/        all  200
POST   /fr/give/p/notes/{page_notes_token}/        all  303
"""

BATCH_ROW = {
    "amount": 5000,
    "received_on": "{today}",
    "paper": "D-1",
    "donor": {
        "given_name": "Claire",
        "family_name": "Dumontel",
        "born_on": "1984-05-17",
        "nationality": "FR",
        "address_lines": "12 rue des Remparts",
        "postcode": "26150",
        "city": "Die",
        "country": "FR",
    },
}

CALENDAR_WINDOW = {
    "kind": "holiday",
    "country": "XM",
    "area_kind": "department",
    "area": "01",
    "starts_on": "2027-02-13",
    "ends_on": "2027-02-28",
    "labels": {"fr": "Vacances"},
}
SUBJECT = {"default_language": "fr", "texts": {"fr": {"title": "Petites lignes", "decision": "Le fonds"}}}
CONTACT = {
    "initiative": "ours",
    "kind": "meeting",
    "decision": "Le décret",
    "readable_by": "relays",
    "steps": [{"kind": "meeting", "on": "2026-01-15", "words": "Vingt minutes."}],
}

BODIES: dict[str, dict[str, Any]] = {
    "PATCH /api/v1/accounts/me/": {"language": "en"},
    "POST /api/v1/accounts/appointments/": {
        "email": "new@people.example",
        "role": "organiser",
        "country": "XM",
        "kind": "department",
        "code": "01",
    },
    "POST /api/v1/accounts/demo/": {"key": "nobody"},
    "POST /api/v1/accounts/auth/browser/v1/auth/code/request": {"email": "somebody@people.example"},
    "POST /api/v1/accounts/auth/browser/v1/auth/code/confirm": {"code": "0000-0000"},
    "PUT /api/v1/accounts/security/password/": {"password": "une phrase de passe à nous"},
    "POST /api/v1/accounts/step-up/": {"code": "0000-0000"},
    "POST /api/v1/accounts/factors/reset/": {"email": "nobody@people.example"},
    "POST /api/v1/fundraising/funds/{fund}/batches/": {"method": "cheque"},
    "POST /api/v1/fundraising/treasury/differences/{difference}/explain/": {"words": "Vu avec la banque"},
    "POST /api/v1/fundraising/treasury/disputes/{dispute}/answer/": {"evidence": "Donné le 3 mars"},
    "POST /api/v1/fundraising/treasury/donations/{donation}/refuse/": {"words": "Carte d’une société"},
    "POST /api/v1/fundraising/treasury/receipts/{receipt}/cancel/": {"why": "mistaken"},
    "POST /api/v1/fundraising/treasury/donations/{donation}/donor/correct/": {
        "honorific": "",
        "given_name": "Claire",
        "family_name": "Dumontet",
        "born_on": "1984-05-17",
        "nationality": "FR",
        "address_lines": "12 rue des Remparts",
        "postcode": "26150",
        "city": "Die",
        "country": "FR",
        "reason": "Sa lettre du 3",
        "after": 0,
    },
    "POST /api/v1/fundraising/treasury/donations/{donation}/given-back/": {"amount": 100, "reason": "Erreur"},
    "POST /api/v1/fundraising/treasury/donations/{donation}/authorisations/": {
        "amount": 100,
        "authorised_by": "Le mandataire",
        "authorised_on": "2026-11-02",
        "reference": "courrier 12",
    },
    "POST /api/v1/fundraising/bank-lines/{bank_line}/set-aside/": {"set_aside": "expense"},
    "POST /api/v1/fundraising/treasury/{fund}/books/2025/close/": {"year": 2025},
    "POST /api/v1/fundraising/funds/{fund}/dashboard/places/export/": {"reason": "for the report"},
    "POST /api/v1/fundraising/treasury/{fund}/books/2025/files/fec/": {"reason": "for the accountant"},
    "POST /api/v1/fundraising/treasury/{fund}/books/2025/files/entries/": {"reason": "for the accountant"},
    "POST /api/v1/fundraising/treasury/{fund}/books/2025/files/donors/": {"reason": "for the authority"},
    "PUT /api/v1/fundraising/batches/{batch}/": {"slip": "12"},
    "POST /api/v1/fundraising/batches/{batch}/deposit/": {"slip": "12", "deposited_on": "{today}", "total": 5000},
    "POST /api/v1/fundraising/batches/{batch}/rows/": BATCH_ROW,
    "PUT /api/v1/fundraising/batches/{batch}/rows/{batch_row}/": BATCH_ROW,
    "POST /api/v1/fundraising/batches/{batch}/rows/{batch_row}/cancel/": {"cancelled_for": "unpaid"},
    "PUT /api/v1/people/me/given-name/": {"shows": True},
    "PUT /api/v1/people/me/names/": {"given_name": "Nadia", "family_name": "Ferhat"},
    "PUT /api/v1/people/me/place/": {"constituency": "0102"},
    "POST /api/v1/people/me/numbers/": {"channel": "phone", "number": "+33 6 99 88 77 66"},
    "POST /api/v1/people/me/address/": {"email": "new.address@people.example"},
    "POST /fr/mail/new-address/{new_address_token}/": {"was": "me"},
    "POST /fr/mail/former-address/{former_address_token}/": {"stop": "yes"},
    "POST /api/v1/people/me/consents/": {"purpose": "people.relay_contact", "channel": "email", "is_given": True},
    "PUT /api/v1/people/imports/{import}/": {
        "columns": {"given_name": 0, "constituency": 6},
        "consents": [],
        "key": "email",
        "origin": "Un marché",
        "has_headings": True,
    },
    "PUT /api/v1/people/imports/{left_import}/": {
        "columns": {"given_name": 0, "constituency": 6},
        "consents": [],
        "key": "email",
        "origin": "Un marché",
        "has_headings": True,
    },
    "POST /api/v1/people/me/erase/": {"email": "somebody.else@people.example"},
    "POST /api/v1/people/entered/": {
        "place": "0101",
        "given_name": "Lou",
        "contacts": [{"channel": "phone", "value": "0612345678", "agrees_to": ["people.relay_contact"]}],
        "paper_number": "P-0042",
        "is_read_aloud": True,
        "is_of_age": True,
    },
    "POST /api/v1/people/export/": {"reason": "Appeler tout le monde avant la réunion", "filters": {"agreed": "any"}},
    "POST /api/v1/fundraising/funds/": {"code": "association", "legal_name": "Une association"},
    "PUT /api/v1/fundraising/funds/{fund}/": {
        "rules": "fr-party",
        "legal_name": "Association de financement",
        "party": "Rive commune",
        "approved_on": "2020-03-02",
    },
    "PUT /api/v1/fundraising/funds/{fund}/texts/fr/": {"name": "Rive commune", "title": "Rive commune"},
    "POST /api/v1/fundraising/funds/{fund}/envelopes/": {"envelope": "solidarity", "name": "Solidarité"},
    "POST /api/v1/fundraising/treasury/monthly/{monthly}/stop/": {"reason": "Demandé au téléphone"},
    "POST /fr/monthly/{monthly_token}/": {"do": "pause-for-good"},
    "POST /api/v1/fundraising/treasury/{fund}/donations/file/": {"reason": "Contrôle de fin de mois"},
    "POST /api/v1/people/views/": {"name": "Nouveaux", "filters": {"sort": "joined"}},
    "POST /api/v1/people/duplicates/told-apart/": {"person": "{twin}", "other": "{other_twin}"},
    "POST /api/v1/people/merges/": {"kept": "{twin}", "absorbed": "{other_twin}", "values": {"given_name": "absorbed"}},
    "POST /api/v1/people/reasons/": {"reason": "Demande d'accès du 3 mars, article 15"},
    "PUT /api/v1/people/reasons/{reason}/names/": {"given_name": "Nadia", "family_name": "Ferhat"},
    "PUT /api/v1/people/reasons/{reason}/place/": {"constituency": "0102"},
    "POST /api/v1/people/reasons/{reason}/numbers/": {"channel": "phone", "number": "+33 6 99 88 77 66"},
    "POST /api/v1/people/reasons/{reason}/person/": {"person": "{person}"},
    "POST /api/v1/messaging/stops/": {"person": "{person}"},
    "POST /fr/mail/address/{entered_token}/": {"was": "me"},
    "POST /fr/mail/joined/{joined_token}/": {"are": "mine"},
    "POST /fr/mail/choices/": {"email": "somebody@people.example"},
    "POST /fr/mail/choices/{preferences_token}/": {"do": "everything"},
    "PUT /api/v1/people/organisation/": {"name": "Collectif", "country": "XM", "legal_kind": "union", "languages": ["fr", "en"]},
    "POST /api/v1/relays/networks/": {"slug": "net", "texts": [{"language": "fr", "name": "Le réseau"}]},
    "POST /api/v1/relays/applications/": {
        "seat": "{vacant_seat}",
        "given_name": "Lou",
        "family_name": "Sanchez",
        "email": "lou@people.example",
        "agrees_to_contact": True,
        "is_of_age": True,
    },
    "PUT /api/v1/relays/welcome/": {"agrees": True, "contact": "{newcomer}", "places": 2, "as_facilitator": True, "as_buddy": False},
    "POST /api/v1/relays/companions/": {"term_id": "{term}", "kind": "buddy"},
    "POST /api/v1/relays/companions/{companion}/answer/": {"answer": "yes"},
    "POST /api/v1/relays/newcomers/{newcomer}/": {"kind": "buddy", "person": "{person}"},
    "POST /api/v1/relays/calls/{call}/done/": {"outcome": "well", "words": "Tout va bien."},
    "POST /fr/advocacy/answered/{answered_token}/": {"answer": "yes"},
    "POST /fr/relays/still-here/{still_here_token}/": {"answer": "here"},
    "POST /api/v1/relays/applications/entered/": {
        "seat": "{vacant_seat}",
        "newcomer": {"place": "0104", "given_name": "Lou", "contacts": [{"channel": "phone", "value": "0612345678"}]},
        "paper_number": "P-0043",
        "is_read_aloud": True,
        "is_of_age": True,
        "agrees_to_contact": True,
    },
    "POST /api/v1/relays/applications/confirm/": {"token": "{confirm_token}"},
    "POST /api/v1/relays/applications/withdraw/": {"token": "{withdraw_token}"},
    "PATCH /api/v1/people/documents/versions/{proposed}/": {"revision": 1, "texts": {"fr": {"title": "Charte", "body": "Écouter."}}},
    "POST /api/v1/people/documents/versions/{proposed}/preview/": {"body": "**Écouter.**"},
    "POST /api/v1/people/documents/versions/{proposed}/propose/": {"comments_until": "{next_week}"},
    "POST /api/v1/people/documents/versions/{proposed}/adopt/": {"agree_by": "{next_week}"},
    "POST /api/v1/people/documents/versions/{proposed}/comments/": {"language": "fr", "words": "Plus court."},
    "POST /api/v1/people/documents/comments/{comment}/answer/": {"state": "taken_in", "answer": "Fait."},
    "POST /api/v1/relays/applications/{application}/charter/paper/": {"paper_number": "C-0001"},
    "POST /api/v1/relays/applications/{application}/qualifications/": {"code": "premiers-pas"},
    "POST /api/v1/relays/networks/{network}/qualifications/": {"names": {"fr": "Parler en public"}},
    "POST /api/v1/relays/terms/{term}/charter/paper/": {"paper_number": "C-0002"},
    "POST /api/v1/relays/terms/{term}/qualifications/": {"code": "premiers-pas"},
    "POST /api/v1/relays/charter/remind/": {"expected": 99},
    "POST /fr/relays/apply/confirm/{confirm_token}/": {"was": "not-me"},
    "POST /fr/relays/write/confirm/{write_token}/": {"was": "not-me"},
    "POST /api/v1/fundraising/mine/asked/{donor}/": {"was": "me"},
    "POST /api/v1/fundraising/pages/": {
        "fund": "{fund}",
        "kind": "personal",
        "title": "Pour la route",
        "words": "Je cours pour qui conduit.",
        "first_name": "Léa",
    },
    "POST /api/v1/fundraising/moderation/pages/{campaign}/": {"to": "hide", "reason": "privacy", "words": "Une photo sans accord."},
    "POST /api/v1/fundraising/moderation/messages/{page_message}/": {"to": "hide", "reason": "hate", "words": "Une insulte."},
    "POST /fr/give/p/confirm/{page_open_token}/": {"was": "not-me"},
    "POST /fr/relays/join/confirm/{join_token}/": {"was": "not-me"},
    "POST /fr/relays/charter/{charter_token}/": {"version": "{adopted}"},
    "POST /api/v1/relays/terms/{term}/pause/": {"until": "{next_week}"},
    "POST /api/v1/relays/terms/{term}/hand-over/": {"ends_on": "{next_week}", "gives_notes": True},
    "POST /api/v1/relays/hand-overs/{hand_over}/complete/": {"successor": None},
    "POST /api/v1/relays/hand-overs/{hand_over}/notes/": {"gives_notes": True},
    "POST /api/v1/relays/seats/{seat}/notes/": {"kind": "help", "text": "La mairie prête une salle."},
    "PATCH /api/v1/relays/notes/{note}/": {"text": "Viendra en mars.", "due_on": "{next_week}"},
    "POST /api/v1/relays/notes/{note}/tick/": {"is_kept": True},
    "POST /api/v1/relays/filling/spread/": {"seats": ["{vacant_seat}"]},
    "POST /api/v1/relays/filling/spread/ask/": {"pairs": [{"seat": "{vacant_seat}", "person": "{volunteer}"}]},
    "POST /api/v1/relays/filling/{vacant_seat}/hand-on/": {"to": "{organiser}"},
    "POST /api/v1/relays/filling/{vacant_seat}/snooze/": {"until": "{next_week}"},
    "POST /api/v1/relays/filling/{vacant_seat}/plan/": {"words": "Appeler la mairie", "on": "{next_week}"},
    "POST /api/v1/relays/filling/{vacant_seat}/steps/": {"kind": "put_up_poster"},
    "POST /api/v1/relays/filling/{vacant_seat}/ask/": {"kind": "volunteer", "people": ["{volunteer}"]},
    "POST /api/v1/relays/asks/{own_ask}/answer/": {"answer": "no"},
    "POST /fr/relays/asked/{asked_token}/": {"answer": "no"},
    "POST /api/v1/relays/applications/held/release/": {"ids": ["{held}"]},
    "POST /api/v1/relays/conversations/{conversation}/answer/": {"words": "Bonjour, venez jeudi."},
    "POST /api/v1/relays/concerns/": {"what": "On me suit depuis la réunion."},
    "POST /api/v1/relays/concerns/{concern}/close/": {"outcome": "Nous avons parlé avec la personne."},
    "PUT /api/v1/relays/safety-contacts/": {"emails": ["nadia.xm@desk.example"]},
    "POST /api/v1/relays/applications/held/decline/": {"ids": ["{held}"], "words": "Merci, mais non."},
    "POST /api/v1/relays/applications/{application}/decline/": {"words": "Merci, le siège est promis."},
    "PUT /api/v1/insights/networks/{network}/target/": {"percent": 40, "by_day": None},
    "POST /api/v1/insights/networks/{network}/organisers/export/": {"reason": "Préparer la réunion des organisateurs"},
    "POST /api/v1/insights/networks/{network}/relays/export/": {"reason": "Préparer la réunion des relais"},
    "POST /api/v1/advocacy/office-holders/{deputy}/export/": {"reason": "Elle demande ce que nous savons d'elle"},
    "POST /api/v1/advocacy/office-holders/{deputy}/staff/": {"name": "Lou Petit", "role": "Agenda"},
    "POST /api/v1/advocacy/subjects/": SUBJECT,
    "PATCH /api/v1/advocacy/subjects/{subject}/": {**SUBJECT, "version": 1},
    "POST /api/v1/advocacy/subjects/{subject}/votes/export/": {"reason": "Le bilan de l'année"},
    "POST /api/v1/advocacy/answer-questions/{answer_question}/answer/": {"was_answered": True},
    "POST /api/v1/advocacy/roll-calls/{roll_call}/tie/": {"subject": "{subject}", "favourable": "for"},
    "POST /api/v1/advocacy/positions/": {
        "office_holder": "{deputy}",
        "subject": "{subject}",
        "stance": 1,
        "known_by": "meeting",
        "said_on": "2026-01-15",
    },
    "POST /api/v1/advocacy/positions/{position}/dispute/": {"reason": "Elle parlait d'autre chose."},
    "POST /api/v1/advocacy/positions/{position}/undo/": {"why": "C'était sa collègue."},
    "POST /api/v1/advocacy/positions/{disputed}/settle/": {"outcome": "upheld", "words": "La vidéo le montre."},
    "POST /api/v1/advocacy/contacts/": {**CONTACT, "office_holder": "{deputy}"},
    "PATCH /api/v1/advocacy/contacts/{contact}/": {**CONTACT, "version": 1},
    "POST /api/v1/advocacy/contacts/{contact}/steps/": {"kind": "minutes", "on": "2026-01-16"},
    "POST /api/v1/actions/{launched}/board/export/": {"reason": "Préparer le bilan de l'action"},
    "POST /api/v1/actions/": {
        "network": "{network}",
        "texts": {"fr": {"title": "Parlons-en", "summary": "", "brief": "Allez voir."}},
        "starts_at": "2030-01-01T00:00:00Z",
        "ends_at": "2030-02-01T00:00:00Z",
    },
    "PATCH /api/v1/actions/{draft}/": {"version": 1, "starts_at": "2030-01-01T00:00:00Z", "ends_at": "2030-02-01T00:00:00Z"},
    "POST /api/v1/actions/calendar/": CALENDAR_WINDOW,
    "PUT /api/v1/actions/calendar/{calendar_window}/": CALENDAR_WINDOW,
    "POST /api/v1/actions/{draft}/preview/": {"brief": "**Allez voir.**"},
    "POST /api/v1/actions/{draft}/rehearsals/": {"version": 1, "seat": "{seat}", "colleagues": []},
    "PUT /api/v1/actions/{draft}/schedule/": {"version": 9, "expected": 0, "launch_at": "2030-01-01T08:00:00Z"},
    "POST /api/v1/actions/{draft}/launch-requests/": {"version": 1, "expected": 0},
    "POST /api/v1/actions/{draft}/launch-requests/{launch_request}/agree/": {"expected": 0},
    "POST /api/v1/actions/{draft}/launch-requests/{launch_request}/refuse/": {"reason": "La date est fausse."},
    "POST /api/v1/actions/{launched}/corrections/": {
        "version": 2,
        "texts": {"fr": {"title": "Parlons-en", "summary": "", "brief": "Allez voir demain."}},
        "changed": {"fr": "Le jour."},
    },
    "PUT /api/v1/actions/{launched}/paragraphs/": {"area": "{area}", "language": "fr", "words": "Et la gare.", "version": 1},
    "POST /api/v1/actions/{launched}/stop/": {"expected": 5},
    "POST /api/v1/actions/{launched}/steps/": {"kind": "excuse", "assignments": ["{assignment}"], "expected": 1},
    "POST /api/v1/actions/{launched}/steps/preview/": {"kind": "excuse", "assignments": ["{assignment}"]},
    "POST /api/v1/actions/assignments/{assignment}/block/": {"reason": "La permanence est fermée."},
    "POST /api/v1/actions/assignments/{assignment}/report/": {"met": "staff", "stance": 1},
}


@dataclass(frozen=True)
class Line:
    """One endpoint and method, and what each role gets."""

    method: str
    path: str
    expected: dict[str, int]

    @property
    def name(self) -> str:
        """The line's key in BODIES."""
        return f"{self.method} {self.path}"


def lines(table: str) -> list[Line]:
    """Read a table."""
    found = []
    for row in table.strip().splitlines():
        if row.startswith("#"):
            continue
        method, path, *statuses = row.split()
        if statuses[0] == "all":
            statuses = statuses[1:] * len(ROLES)
        if len(statuses) != len(ROLES):
            raise ValueError(f"{method} {path}: {len(statuses)} statuses for {len(ROLES)} roles")
        found.append(Line(method, path, dict(zip(ROLES.values(), map(int, statuses), strict=True))))
    return found
