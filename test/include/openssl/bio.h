// Imitation of OpenSSL for tests.

#ifndef TEST_INCLUDE_OPENSSL_BIO_H
#define TEST_INCLUDE_OPENSSL_BIO_H

#define BIO_C_DO_STATE_MACHINE 101
#define BIO_do_connect(bio) BIO_ctrl(bio, BIO_C_DO_STATE_MACHINE, 0, 0)
#define BIO_should_retry(bio) BIO_test_flags(bio, 8)

extern "C" {

struct BIO;
struct SSL_CTX;

BIO *BIO_new_ssl_connect(SSL_CTX *);
long BIO_ctrl(BIO *, int command, long larg, void *parg);
int BIO_test_flags(const BIO *, int flags);
int BIO_read(BIO *, void *data, int length);
}

#endif
