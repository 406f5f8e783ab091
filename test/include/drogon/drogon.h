#include "HttpAppFramework.h"
#include "HttpClient.h"
#include "orm/DbClient.h"
#include "utils/coroutine.h"
