// Imitation of OpenLDAP for tests.

#ifndef TEST_INCLUDE_LDAP_H
#define TEST_INCLUDE_LDAP_H

#include <sys/time.h>

extern "C" {

struct LDAP;
struct LDAPMessage;

int ldap_simple_bind_s(LDAP *, const char *who, const char *password);
int ldap_simple_bind(LDAP *, const char *who, const char *password);
int ldap_result(LDAP *, int id, int all, timeval *timeout, LDAPMessage **result);
}

#endif
