#include "codec/first_extradata.h"

#include <libavcodec/avcodec.h>
#include <libavcodec/bsf.h>
#include <string.h>

#include "base/mem.h"
#include "codec/lav_codec.h"

enum { PADDING = 64 }; // zero bytes that readers may look at past the end

static void keep(cr_stream_info *info, const uint8_t *data, size_t size)
{
    cr_free(info->extradata);
    info->extradata = cr_alloc(size + PADDING, 1);
    memcpy(info->extradata, data, size);
    info->extradata_size = size;
}

static int filter(AVBSFContext *bsf, AVPacket *through, const cr_packet *packet)
{
    int error = av_bsf_init(bsf);
    if (error >= 0) error = av_new_packet(through, (int)packet->size);
    if (error < 0) return error;
    memcpy(through->data, packet->data, packet->size);
    through->flags = AV_PKT_FLAG_KEY;
    error = av_bsf_send_packet(bsf, through);
    if (error >= 0) error = av_bsf_receive_packet(bsf, through);
    return error;
}

cr_status cr_first_extradata(cr_stream_info *info, const cr_packet *packet)
{
    const AVBitStreamFilter *kind = av_bsf_get_by_name("extract_extradata");
    const AVCodecDescriptor *described = avcodec_descriptor_get_by_name(info->codec);
    bool is_told = kind && described && described->id != AV_CODEC_ID_VP9;
    if (!is_told) return CR_OK;
    AVBSFContext *bsf = NULL;
    AVPacket *through = av_packet_alloc();
    int error = through ? av_bsf_alloc(kind, &bsf) : AVERROR(ENOMEM);
    if (error >= 0) {
        bsf->par_in->codec_type = AVMEDIA_TYPE_VIDEO;
        bsf->par_in->codec_id = described->id;
        error = filter(bsf, through, packet);
    }
    size_t size = 0;
    const uint8_t *found =
        error >= 0 ? av_packet_get_side_data(through, AV_PKT_DATA_NEW_EXTRADATA, &size) : NULL;
    if (found && size > 0) keep(info, found, size);
    av_bsf_free(&bsf);
    av_packet_free(&through);
    return error == AVERROR(ENOMEM) ? CR_NOMEM : CR_OK;
}
