// Imitation of OpenSSL for tests.

#ifndef TEST_INCLUDE_OPENSSL_EVP_H
#define TEST_INCLUDE_OPENSSL_EVP_H

extern "C" {

struct OSSL_LIB_CTX;
struct EVP_PKEY;
struct EVP_MD;

const EVP_MD *EVP_sha256(void);
EVP_PKEY *EVP_PKEY_Q_keygen(OSSL_LIB_CTX *, const char *query, const char *type, ...);
int PKCS5_PBKDF2_HMAC(const char *password, int length, const unsigned char *salt, int salt_length,
                      int iterations, const EVP_MD *digest, int key_length, unsigned char *key);
}

#endif
