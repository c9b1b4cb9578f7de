/* replay.c - runs a target once on each file of the folders and files named, without
 * libFuzzer. */
#include "base/file.h"
#include "fuzz.h"

static int run_file(const char *path)
{
    struct buffer data = BUFFER_INIT;
    struct error e;
    error_init(&e);
    int result = file_read(path, 64 << 20, &data, &e);
    if (result == 0)
        LLVMFuzzerTestOneInput((const uint8_t *)data.data, data.length);
    else
        fprintf(stderr, "%s\n", e.message);
    buffer_release(&data);
    return result;
}

static int run_folder(const char *path, size_t *count)
{
    char **names;
    int result = 0;
    size_t found = folder_list(path, "", &names);
    for (size_t i = 0; i < found; i++) {
        char *file = path_join(path, names[i]);
        result = run_file(file) < 0 ? -1 : result;
        free(file);
        free(names[i]);
    }
    free(names);
    *count += found;
    return result;
}

int main(int argc, char **argv)
{
    int result = 0;
    size_t count = 0;
    for (int i = 1; i < argc; i++) {
        int one =
            file_is_folder(argv[i]) ? run_folder(argv[i], &count) : run_file(argv[i]);
        count += !file_is_folder(argv[i]);
        result = one < 0 ? 1 : result;
    }
    if (!count) {
        fprintf(stderr, "nothing to replay\n");
        return 1;
    }
    printf("%zu inputs\n", count);
    return result;
}
