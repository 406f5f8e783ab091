// RUN: %check %s async-*

// What keeps the processor busy for long: compression of whole buffers, hashes
// of passwords, keys.

#include "argon2.h"
#include "asio.hpp"
#include "crypt.h"
#include "lz4.h"
#include "openssl/evp.h"
#include "sodium.h"
#include "zlib.h"
#include "zstd.h"

using asio::awaitable;

awaitable<void> compression(unsigned char *to, const unsigned char *from, unsigned long size) {
  compress2(to, &size, from, size, 9);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'compress2' blocks the thread that runs this coroutine, and every task on it: it compresses the whole buffer at once; co_await it on asio::thread_pool [async-blocking-call]
  uncompress(to, &size, from, size);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'uncompress' blocks the thread that runs this coroutine, and every task on it: it decompresses the whole buffer at once; co_await it on asio::thread_pool [async-blocking-call]
  ZSTD_compress(to, size, from, size, 19);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'ZSTD_compress' blocks the thread that runs this coroutine, and every task on it: it compresses the whole buffer at once; co_await it on asio::thread_pool [async-blocking-call]
  ZSTD_decompress(to, size, from, size);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'ZSTD_decompress' blocks the thread that runs this coroutine, and every task on it: it decompresses the whole buffer at once; co_await it on asio::thread_pool [async-blocking-call]
  co_return;
}

// One piece at a time, or made to be fast.
awaitable<void> in_passing(z_stream *stream, const char *from, char *to, int size) {
  deflate(stream, 0);
  LZ4_compress_default(from, to, size, size);
  co_return;
}

awaitable<void> passwords(const char *password, const char *hash, crypt_data *data) {
  crypt_r(password, hash, data);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'crypt_r' blocks the thread that runs this coroutine, and every task on it: it hashes a password, which takes long on purpose; co_await it on asio::thread_pool [async-blocking-call]
  argon2id_verify(hash, password, 8);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'argon2id_verify' blocks the thread that runs this coroutine, and every task on it: it hashes a password, which takes long on purpose; co_await it on asio::thread_pool [async-blocking-call]
  crypto_pwhash_str_verify(hash, password, 8);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'crypto_pwhash_str_verify' blocks the thread that runs this coroutine, and every task on it: it hashes a password, which takes long on purpose; co_await it on asio::thread_pool [async-blocking-call]
  unsigned char key[32];
  PKCS5_PBKDF2_HMAC(password, 8, key, 32, 600000, EVP_sha256(), 32, key);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'PKCS5_PBKDF2_HMAC' blocks the thread that runs this coroutine, and every task on it: it derives a key, which takes long on purpose; co_await it on asio::thread_pool [async-blocking-call]
  crypto_generichash(key, 32, key, 32, nullptr, 0);
  co_return;
}

awaitable<void> keys() {
  EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", 4096ul);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'EVP_PKEY_Q_keygen' blocks the thread that runs this coroutine, and every task on it: it looks for large prime numbers; co_await it on asio::thread_pool [async-blocking-call]
  EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
  co_return;
}

bool check(const char *password, const char *hash) {
  crypt_data *data = nullptr;
  return crypt_r(password, hash, data);
}

awaitable<bool> log_in(const char *password, const char *hash) {
  co_return check(password, hash);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'check' blocks the thread that runs this coroutine, and every task on it: it hashes a password, which takes long on purpose; co_await it on asio::thread_pool [async-blocking-call]
}

awaitable<bool> log_in_elsewhere(const char *password, const char *hash, asio::thread_pool &pool) {
  co_return co_await asio::co_spawn(
      pool, [=]() -> awaitable<bool> { co_return check(password, hash); }, asio::use_awaitable);
}
