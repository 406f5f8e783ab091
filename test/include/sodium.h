// Imitation of libsodium for tests.

#ifndef TEST_INCLUDE_SODIUM_H
#define TEST_INCLUDE_SODIUM_H

extern "C" {

int crypto_pwhash_str_verify(const char *hash, const char *password, unsigned long long length);
int crypto_generichash(unsigned char *out, unsigned long size, const unsigned char *in,
                       unsigned long long length, const unsigned char *key, unsigned long key_size);
}

#endif
