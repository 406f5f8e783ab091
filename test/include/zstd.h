// Imitation of Zstandard for tests.

#ifndef TEST_INCLUDE_ZSTD_H
#define TEST_INCLUDE_ZSTD_H

extern "C" {

unsigned long ZSTD_compress(void *to, unsigned long room, const void *from, unsigned long size,
                            int level);
unsigned long ZSTD_decompress(void *to, unsigned long room, const void *from, unsigned long size);
}

#endif
