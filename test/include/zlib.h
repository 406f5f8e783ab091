// Imitation of zlib for tests.

#ifndef TEST_INCLUDE_ZLIB_H
#define TEST_INCLUDE_ZLIB_H

extern "C" {

struct z_stream;

int compress2(unsigned char *to, unsigned long *to_size, const unsigned char *from,
              unsigned long size, int level);
int uncompress(unsigned char *to, unsigned long *to_size, const unsigned char *from,
               unsigned long size);
int deflate(z_stream *, int flush);
}

#endif
