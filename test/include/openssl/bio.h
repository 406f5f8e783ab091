// Imitation of OpenSSL for tests.

#ifndef TEST_INCLUDE_OPENSSL_BIO_H
#define TEST_INCLUDE_OPENSSL_BIO_H

#define BIO_C_DO_STATE_MACHINE 101

extern "C" {

struct BIO;
struct SSL_CTX;

BIO *BIO_new_ssl_connect(SSL_CTX *);
long BIO_ctrl(BIO *, int command, long larg, void *parg);
int BIO_test_flags(const BIO *, int flags);
int BIO_read(BIO *, void *data, int length);
}

#endif
