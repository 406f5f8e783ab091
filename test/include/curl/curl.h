// Imitation of libcurl for tests.

#ifndef TEST_INCLUDE_CURL_CURL_H
#define TEST_INCLUDE_CURL_CURL_H

extern "C" {

typedef void CURL;
typedef void CURLM;
struct curl_waitfd;
enum CURLoption { CURLOPT_URL = 10002 };
enum CURLMoption { CURLMOPT_TIMERFUNCTION = 20004 };

int curl_easy_setopt(CURL *handle, CURLoption option, ...);
int curl_easy_perform(CURL *handle);
int curl_multi_setopt(CURLM *multi, CURLMoption option, ...);
int curl_multi_perform(CURLM *multi, int *running);
int curl_multi_socket_action(CURLM *multi, int socket, int events, int *running);
int curl_multi_wait(CURLM *multi, curl_waitfd *extra, unsigned count, int timeout, int *ready);
int curl_multi_poll(CURLM *multi, curl_waitfd *extra, unsigned count, int timeout, int *ready);
}

#endif
