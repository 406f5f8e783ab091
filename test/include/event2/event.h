// Imitation of libevent for tests.

#ifndef TEST_INCLUDE_EVENT2_EVENT_H
#define TEST_INCLUDE_EVENT2_EVENT_H

extern "C" {

struct event;
struct event_base;
typedef void (*event_callback_fn)(int, short, void *);
#define EVLOOP_NONBLOCK 0x02

event *event_new(event_base *, int fd, short events, event_callback_fn, void *);
int event_base_dispatch(event_base *);
int event_base_loop(event_base *, int flags);
}

#endif
