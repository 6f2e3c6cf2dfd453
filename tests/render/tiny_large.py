"""Large models that are tiny and untrained: the real classes of diffusers, a few hundred kB."""

import diffusers
import torch
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    PreTrainedTokenizerFast,
    Qwen2_5_VLConfig,
    Qwen2_5_VLForConditionalGeneration,
    T5Config,
    T5EncoderModel,
)

WORDS = "a oil painting photograph of ball box on table red blue wood light fine detail , user"
TEMPLATE = (
    "{% for m in messages %}{{ m['role'] }} {% if m['content'] is string %}{{ m['content'] }}"
    "{% else %}{% for c in m['content'] %}{{ c['text'] }} {% endfor %}{% endif %}{% endfor %}"
)


def tokenizer(longest=77):
    """A tokenizer that knows a few words."""
    known = {"<pad>": 0, "</s>": 1, "<unk>": 2}
    for word in WORDS.split():
        known.setdefault(word, len(known))
    words = Tokenizer(models.WordLevel(known, unk_token="<unk>"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    words.post_processor = processors.TemplateProcessing(
        single="$A </s>", special_tokens=[("</s>", 1)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=words, pad_token="<pad>", eos_token="</s>", unk_token="<unk>",
        model_max_length=longest, chat_template=TEMPLATE,
    )  # fmt: skip


def save_sdxl(path):
    """Save an SDXL pipeline with a union ControlNet, and return the folder."""
    torch.manual_seed(0)
    unet = {
        "layers_per_block": 1, "block_out_channels": (32, 64), "norm_num_groups": 8,
        "in_channels": 4, "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"),
        "attention_head_dim": (2, 4), "use_linear_projection": True,
        "addition_embed_type": "text_time", "addition_time_embed_dim": 8,
        "transformer_layers_per_block": (1, 1), "projection_class_embeddings_input_dim": 80,
        "cross_attention_dim": 64,
    }  # fmt: skip
    controlnet = diffusers.ControlNetUnionModel(
        **unet, conditioning_embedding_out_channels=(8, 16, 16, 32), num_control_type=6,
        num_trans_channel=32, num_trans_head=2, num_trans_layer=1, num_proj_channel=32,
    )  # fmt: skip
    _let_controls_act(controlnet)
    vae = diffusers.AutoencoderKL(
        block_out_channels=[16] * 4, norm_num_groups=8, latent_channels=4, layers_per_block=1,
        down_block_types=["DownEncoderBlock2D"] * 4, up_block_types=["UpDecoderBlock2D"] * 4,
    )  # fmt: skip
    text = CLIPTextConfig(
        vocab_size=64, hidden_size=32, intermediate_size=37, num_attention_heads=4,
        num_hidden_layers=2, projection_dim=32, bos_token_id=0, eos_token_id=1, pad_token_id=0,
    )  # fmt: skip
    diffusers.StableDiffusionXLControlNetUnionImg2ImgPipeline(
        vae=vae, text_encoder=CLIPTextModel(text).eval(),
        text_encoder_2=CLIPTextModelWithProjection(text).eval(), tokenizer=tokenizer(),
        tokenizer_2=tokenizer(), controlnet=controlnet,
        unet=diffusers.UNet2DConditionModel(
            **unet, sample_size=32, out_channels=4,
            up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        ),
        scheduler=diffusers.EulerDiscreteScheduler(
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear"
        ),
    ).save_pretrained(path)  # fmt: skip
    return path


def save_wan(path):
    """Save a Wan VACE pipeline, and return the folder."""
    torch.manual_seed(0)
    text = T5Config(
        vocab_size=64, d_model=32, d_kv=8, d_ff=37, num_layers=2, num_heads=4,
        feed_forward_proj="gated-gelu",
    )  # fmt: skip
    diffusers.WanVACEPipeline(
        tokenizer=tokenizer(512), text_encoder=T5EncoderModel(text).eval(), vae=_video_vae(),
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(shift=3.0), transformer_2=None,
        transformer=diffusers.WanVACETransformer3DModel(
            patch_size=(1, 2, 2), num_attention_heads=2, attention_head_dim=12, in_channels=16,
            out_channels=16, text_dim=32, freq_dim=256, ffn_dim=32, num_layers=3,
            cross_attn_norm=True, qk_norm="rms_norm_across_heads", rope_max_seq_len=32,
            vace_layers=[0, 2], vace_in_channels=96,
        ),
    ).save_pretrained(path)  # fmt: skip
    return path


class Transforms:
    """Stands where torchvision does: Cosmos asks it for the nearest pixels of a mask."""

    class InterpolationMode:
        """Ways to resize."""

        NEAREST = "nearest"

    class functional:  # noqa: N801 - torchvision's name
        """What is asked for."""

        @staticmethod
        def resize(mask, size, interpolation):
            """Return a mask (b c h w) of another size."""
            return torch.nn.functional.interpolate(mask, size=size, mode=interpolation)


class Lenient:
    """Stands where NVIDIA's safety checker does, whose weights cannot be built."""

    def to(self, *_):
        """Go to a device."""

    def check_text_safety(self, _):
        """Find nothing."""
        return True

    def check_video_safety(self, video):
        """Change nothing."""
        return video


def save_cosmos(path):
    """Save a Cosmos Transfer pipeline without its safety checker, and return the folder."""
    torch.manual_seed(0)
    shared = {
        "num_attention_heads": 2, "attention_head_dim": 16, "mlp_ratio": 2, "text_embed_dim": 32,
        "adaln_lora_dim": 4, "max_size": (16, 32, 32), "patch_size": (1, 2, 2),
        "extra_pos_embed_type": None, "use_crossattn_projection": False,
        "encoder_hidden_states_channels": 32,
    }  # fmt: skip
    transformer = diffusers.CosmosTransformer3DModel(
        in_channels=17, out_channels=16, num_layers=2, concat_padding_mask=True,
        rope_scale=(1.0, 1.0, 1.0), controlnet_block_every_n=1, **shared,
    )  # fmt: skip
    controlnet = diffusers.CosmosControlNetModel(
        n_controlnet_blocks=2, in_channels=18, latent_channels=18, model_channels=32, **shared,
        rope_scale=(1.0, 1.0, 1.0),
    )  # fmt: skip
    pipeline = diffusers.Cosmos2_5_TransferPipeline(
        text_encoder=_tiny_qwen(), tokenizer=tokenizer(512), transformer=transformer,
        vae=_video_vae(), controlnet=controlnet, safety_checker=Lenient(),
        scheduler=diffusers.UniPCMultistepScheduler(
            use_flow_sigmas=True, prediction_type="flow_prediction", flow_shift=3.0
        ),
    )  # fmt: skip
    pipeline.register_modules(safety_checker=None)
    pipeline.save_pretrained(path)
    return path


def _video_vae():
    return diffusers.AutoencoderKLWan(
        base_dim=3, z_dim=16, dim_mult=[1, 1, 1, 1], num_res_blocks=1,
        temperal_downsample=[False, True, True],
    )  # fmt: skip


def _tiny_qwen():
    text = {
        "vocab_size": 64, "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2,
        "num_attention_heads": 2, "num_key_value_heads": 2, "max_position_embeddings": 1024,
        "rope_scaling": {"mrope_section": [1, 1, 2], "rope_type": "default", "type": "default"},
        "bos_token_id": 0, "eos_token_id": 1, "pad_token_id": 0,
    }  # fmt: skip
    vision = {
        "depth": 1, "hidden_size": 16, "intermediate_size": 16, "num_heads": 2,
        "out_hidden_size": 16, "window_size": 112, "fullatt_block_indexes": [0],
    }  # fmt: skip
    config = Qwen2_5_VLConfig(
        text_config=text, vision_config=vision, image_token_id=60, video_token_id=61,
        vision_start_token_id=62, vision_end_token_id=63,
    )  # fmt: skip
    return Qwen2_5_VLForConditionalGeneration(config).eval()


def _let_controls_act(controlnet):
    """Give an untrained ControlNet weights where training starts it at zero."""
    for name, value in controlnet.named_parameters():
        if "controlnet" in name and not value.any():
            torch.nn.init.normal_(value, std=0.05)
