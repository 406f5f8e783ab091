// Imitation of LZ4 for tests.

#ifndef TEST_INCLUDE_LZ4_H
#define TEST_INCLUDE_LZ4_H

extern "C" {

int LZ4_compress_default(const char *from, char *to, int size, int room);
}

#endif
