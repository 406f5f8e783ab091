// Imitation of OpenSSL for tests.

#ifndef TEST_INCLUDE_OPENSSL_SSL_H
#define TEST_INCLUDE_OPENSSL_SSL_H

#include "openssl/bio.h"

extern "C" {

struct SSL;

int SSL_read(SSL *, void *data, int length);
int SSL_CTX_load_verify_locations(SSL_CTX *, const char *file, const char *folder);
}

#endif
