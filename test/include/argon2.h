// Imitation of Argon2 for tests.

#ifndef TEST_INCLUDE_ARGON2_H
#define TEST_INCLUDE_ARGON2_H

extern "C" {

int argon2id_verify(const char *encoded, const void *password, unsigned long length);
}

#endif
