// Imitation of libuv for tests.

#ifndef TEST_INCLUDE_UV_H
#define TEST_INCLUDE_UV_H

extern "C" {

struct addrinfo;
struct uv_loop_t;
struct uv_fs_t;
struct uv_timer_t;
struct uv_work_t;
struct uv_getaddrinfo_t;
struct uv_buf_t;
enum uv_run_mode { UV_RUN_DEFAULT, UV_RUN_ONCE, UV_RUN_NOWAIT };
typedef void (*uv_fs_cb)(uv_fs_t *);
typedef void (*uv_timer_cb)(uv_timer_t *);
typedef void (*uv_work_cb)(uv_work_t *);
typedef void (*uv_after_work_cb)(uv_work_t *, int);
typedef void (*uv_getaddrinfo_cb)(uv_getaddrinfo_t *, int, addrinfo *);

uv_loop_t *uv_default_loop(void);
int uv_run(uv_loop_t *, uv_run_mode);
void uv_sleep(unsigned milliseconds);
int uv_timer_start(uv_timer_t *, uv_timer_cb, unsigned long timeout, unsigned long repeat);
int uv_queue_work(uv_loop_t *, uv_work_t *, uv_work_cb, uv_after_work_cb);
int uv_fs_read(uv_loop_t *, uv_fs_t *, int file, const uv_buf_t buffers[], unsigned count,
               long offset, uv_fs_cb);
int uv_getaddrinfo(uv_loop_t *, uv_getaddrinfo_t *, uv_getaddrinfo_cb, const char *node,
                   const char *service, const addrinfo *hints);
}

#endif
