// Imitation of libcrypt for tests.

#ifndef TEST_INCLUDE_CRYPT_H
#define TEST_INCLUDE_CRYPT_H

extern "C" {

struct crypt_data;

char *crypt_r(const char *phrase, const char *setting, crypt_data *data);
}

#endif
